'use client'

import { ClipboardPaste } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { isoIn } from './iso'

type IsoLineProps = { at: string; zone: string; onPaste: (text: string) => boolean }

/** Browsers give their clipboard away on https and localhost only; elsewhere a paste into the field does the same. */
const canRead = () => typeof navigator.clipboard?.readText === 'function'
const never = () => () => undefined

/** The moment as other programs write it, to be taken along or brought from there. */
export function IsoLine({ at, zone, onPaste }: IsoLineProps) {
  const t = useTranslations('picker.iso')
  const text = isoIn(at, zone)
  const canPaste = useSyncExternalStore(never, canRead, () => false)
  const [refused, setRefused] = useState(false)
  const paste = async () => {
    const read = await navigator.clipboard.readText().catch(() => '')
    setRefused(!onPaste(read))
  }
  return (
    <div className="grid gap-1.5">
      <div className="flex min-h-9 items-center gap-0.5 rounded-control bg-sunken pr-1 pl-3 inset-ring inset-ring-border/60">
        <code className="min-w-0 flex-1 truncate text-muted select-all">{text}</code>
        <CopyButton text={text} label={t('copy')} />
        {canPaste && (
          <Button variant="quiet" size="icon-sm" aria-label={t('paste')} onClick={paste}>
            <ClipboardPaste aria-hidden />
          </Button>
        )}
      </div>
      {refused && (
        <p role="status" className="text-meta text-bad">
          {t('refused')}
        </p>
      )}
    </div>
  )
}
