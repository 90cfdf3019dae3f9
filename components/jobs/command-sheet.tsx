'use client'

import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/ui/copy-button'
import { Sheet } from '@/components/ui/sheet'
import type { JobCommand } from '@/lib/jobs/schema'
import { type Argument, toArguments, toShell, toVariables } from './command'

/** What was run, as one could run it by hand; secrets are not in it. */
export function CommandSheet({ command, className }: { command: JobCommand; className?: string }) {
  const t = useTranslations('jobs.command')
  const args = toArguments(command)
  const variables = toVariables(command)
  const hidden = [...args, ...variables].filter((argument) => argument.hidden).length
  return (
    <Sheet className={className}>
      <header className="flex items-center gap-2 pt-2 pr-2 pl-4 md:pl-5">
        <h2 className="text-section">{t('title')}</h2>
        <span className="text-muted">{t('hidden', { count: hidden })}</span>
        <CopyButton text={toShell(command)} label={t('copy')} className="ml-auto" />
      </header>
      <div className="px-4 pt-1 pb-4 font-mono text-xs/5.5 md:px-5">
        <Line args={args} />
        {variables.length > 0 && <Line args={variables} />}
      </div>
    </Sheet>
  )
}

function Line({ args }: { args: Argument[] }) {
  const t = useTranslations('jobs.command')
  return (
    <code className="mt-1 block leading-5.5 first:mt-0">
      {args.map(({ name, value, hidden }, at) => (
        <span key={at}>
          <span className="inline-block max-w-full [overflow-wrap:anywhere]">
            <span className="text-muted">{name}</span>
            {hidden ? <span className="rounded-[3px] bg-foreground/9 px-1.25 text-muted">{t('secret')}</span> : value}
          </span>{' '}
        </span>
      ))}
    </code>
  )
}
