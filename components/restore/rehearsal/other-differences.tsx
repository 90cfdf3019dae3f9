'use client'

import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { Comparison } from '@/lib/restore/comparison/schema'

/** What a physical restore takes along besides rows, and what is wrong with its files. */
export function OtherDifferences({ comparison }: { comparison: Comparison }) {
  const t = useTranslations('rehearsal.others')
  const { definitions, roles, settings, files } = comparison
  const unread = comparison.unread.filter((kind) => kind !== 'shop')
  const sides = { 'only-then': t('onlyThen'), 'only-now': t('onlyNow'), differs: t('differs') }
  const either = (then: string | null, now: string | null) => t('thenNow', { then: then ?? t('unset'), now: now ?? t('unset') })
  return (
    <Sheet className="pb-1.5">
      <SheetHeader title={t('title')} />
      <div className="mt-2 divide-y border-t">
        <Part
          name={t('definitions')}
          count={definitions.length}
          note={unread.length > 0 ? t('unread', { kinds: unread.join(', ') }) : undefined}
        >
          {definitions.map(({ kind, name, side, then, now }) => (
            <Item key={`${kind} ${name}`} name={`${kind} ${name}`} note={side === 'differs' ? either(then, now) : sides[side]} />
          ))}
        </Part>
        <Part name={t('roles')} count={roles.length} note={roles.length > 0 ? t('carried') : undefined}>
          {roles.map(({ name, side, what }) => (
            <Item key={name} name={name} note={side === 'differs' ? what.join(', ') : sides[side]} />
          ))}
        </Part>
        <Part name={t('settings')} count={settings.length} note={settings.length > 0 ? t('carried') : undefined}>
          {settings.map(({ name, then, now }) => (
            <Item key={name} name={name} note={either(then, now)} />
          ))}
        </Part>
        <Part name={t('files')} count={files.length} note={files.length > 0 ? t('carried') : undefined}>
          {files.map((name) => (
            <Item key={name} name={name} />
          ))}
        </Part>
        {comparison.amcheck && comparison.amcheck.problems.length > 0 && <Problems problems={comparison.amcheck.problems} />}
      </div>
    </Sheet>
  )
}

type PartProps = { name: string; count: number; note?: string; children: ReactNode }

function Part({ name, count, note, children }: PartProps) {
  const t = useTranslations('rehearsal.others')
  const value = [count === 0 ? t('same') : t('differ', { count }), note].filter(Boolean).join(', ')
  return (
    <Line name={name} value={value} hasMore={count > 0}>
      {children}
    </Line>
  )
}

function Problems({ problems }: { problems: string[] }) {
  const t = useTranslations('rehearsal.others')
  return (
    <Line name={t('integrity')} value={t('problems', { count: problems.length })} hasMore tone="text-bad">
      {problems.map((problem, at) => (
        <Item key={at} name={problem} />
      ))}
    </Line>
  )
}

type LineProps = { name: string; value: string; hasMore: boolean; tone?: string; children: ReactNode }

function Line({ name, value, hasMore, tone, children }: LineProps) {
  const row = 'grid grid-cols-[16px_7rem_minmax(0,1fr)] items-baseline gap-x-2 px-4 py-2 text-compact md:px-5'
  const words = (
    <>
      <span>{name}</span>
      <span className={cn(hasMore ? 'text-foreground' : 'text-muted', tone)}>{value}</span>
    </>
  )
  if (!hasMore) {
    return (
      <p className={row}>
        <span />
        {words}
      </p>
    )
  }
  return (
    <details className="group">
      <summary className={cn(row, 'list-none hover:bg-hover focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden')}>
        <ChevronRight aria-hidden className="size-4 self-center text-muted group-open:rotate-90" />
        {words}
      </summary>
      <ul tabIndex={0} className="grid max-h-72 gap-1.5 overflow-y-auto px-4 pb-3 pl-10 md:pl-11">
        {children}
      </ul>
    </details>
  )
}

function Item({ name, note }: { name: string; note?: string }) {
  return (
    <li className="text-[12px]/4.5">
      <span className="font-mono [overflow-wrap:anywhere]">{name}</span>
      {note && <span className="block [overflow-wrap:anywhere] text-muted">{note}</span>}
    </li>
  )
}
