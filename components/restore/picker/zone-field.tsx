'use client'

import { ChevronDown } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Field, Input } from '@/components/ui/field'
import { cn } from '@/lib/cn'
import { cityOf, offsetName } from './iso'
import { matchZones, zonesFor } from './zones'

type ZoneFieldProps = {
  value: string
  shopZone: string
  /** Whose offset is told: summer time counts */
  at: Date
  onChange: (zone: string) => void
}

/** Any zone, found by typing a part of its name. */
export function ZoneField({ value, shopZone, at, onChange }: ZoneFieldProps) {
  const t = useTranslations('picker')
  const id = useId()
  const search = useZoneSearch(shopZone, onChange)
  const { text, found, active } = search
  const isOpen = text !== null
  return (
    <Field label={t('fields.zone')} error={isOpen && found.length === 0 && t('problems.zone-unknown')} className="relative col-span-2">
      <div className="relative">
        <Input
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && found[active] ? `${id}-${active}` : undefined}
          value={text ?? zoneName(value, at)}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          maxLength={64}
          className="pr-9"
          onFocus={(event) => event.currentTarget.select()}
          onClick={search.open}
          onChange={(event) => search.type(event.target.value)}
          onBlur={search.leave}
          onKeyDown={search.key}
        />
        <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted" />
      </div>
      {isOpen && found.length > 0 && (
        <ul
          id={id}
          role="listbox"
          aria-label={t('zone.list')}
          className="absolute inset-x-0 top-full z-30 mt-1 max-h-64 overflow-y-auto rounded-[10px] bg-card p-1.5 shadow-pop"
        >
          {found.map((zone, n) => (
            <ZoneOption
              key={zone}
              id={`${id}-${n}`}
              zone={zone}
              note={zone === shopZone ? t('zone.shop') : null}
              offset={offsetName(zone, at)}
              isActive={n === active}
              onPick={() => search.pick(zone)}
            />
          ))}
        </ul>
      )}
    </Field>
  )
}

type ZoneOptionProps = { id: string; zone: string; note: string | null; offset: string; isActive: boolean; onPick: () => void }

function ZoneOption({ id, zone, note, offset, isActive, onPick }: ZoneOptionProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      ref={isActive ? scrollTo : undefined}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPick}
      className={cn(
        'flex min-h-11 cursor-pointer items-center justify-between gap-3 rounded-control px-2.5 text-compact hover:bg-hover md:min-h-9',
        isActive && 'bg-hover outline-2 -outline-offset-2 outline-primary-strong',
      )}
    >
      <span className="min-w-0 truncate">
        {zone.replaceAll('_', ' ')} {note && <span className="text-muted">{note}</span>}
      </span>
      <span className="shrink-0 text-muted">{offset}</span>
    </li>
  )
}

function zoneName(zone: string, at: Date): string {
  return zone === 'UTC' ? zone : `${cityOf(zone)}, ${offsetName(zone, at)}`
}

function scrollTo(item: HTMLLIElement | null) {
  item?.scrollIntoView({ block: 'nearest' })
}

/** `text` is what is being typed, null while nothing is. A zone written out in full counts at once. */
function useZoneSearch(shopZone: string, onChange: (zone: string) => void) {
  const [text, setText] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const isOpen = text !== null
  const zones = useZones(shopZone, isOpen)
  const found = useMemo(() => matchZones(zones, text ?? ''), [zones, text])
  const pick = (zone: string | undefined) => {
    if (zone) onChange(zone)
    setText(null)
  }
  const type = (next: string) => {
    setText(next)
    setActive(0)
    const whole = allZones(shopZone).find((zone) => zone.toLowerCase() === next.trim().toLowerCase())
    if (whole) onChange(whole)
  }
  const open = () => isOpen || type('')
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined && !(isOpen && (event.key === 'Enter' || event.key === 'Escape'))) return
    event.preventDefault()
    if (!isOpen) open()
    else if (step === undefined) pick(event.key === 'Enter' ? found[active] : undefined)
    else if (found.length > 0) setActive((active + step + found.length) % found.length)
  }
  return { text, found, active, pick, type, open, key, leave: () => pick(isOpen && found.length === 1 ? found[0] : undefined) }
}

/** Only once somebody looks: there are over four hundred. */
function useZones(shopZone: string, isWanted: boolean): string[] {
  return useMemo(() => (isWanted ? allZones(shopZone) : []), [shopZone, isWanted])
}

function allZones(shopZone: string): string[] {
  return zonesFor(shopZone, new Intl.DateTimeFormat().resolvedOptions().timeZone, Intl.supportedValuesOf('timeZone'))
}
