import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

export type FigureCell = { name: string; text: string; note?: ReactNode }

/** Numbers side by side, split by lines; two columns below md, the first across both. */
export function Figures({ cells }: { cells: FigureCell[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3.5 md:auto-cols-fr md:grid-flow-col md:grid-cols-none md:gap-0">
      {cells.map(({ name, text, note }, at) => (
        <div key={name} className={cn(at === 0 ? 'max-md:col-span-2' : 'md:border-l md:pl-5')}>
          <dt className="text-meta">{name}</dt>
          <dd className="text-[22px]/7.5 font-medium tracking-[-0.02em]">
            <Figure text={text} />
          </dd>
          <dd className="text-meta">{note ?? '\u00a0'}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Digits large, units small: `1 min 19 s`. */
function Figure({ text }: { text: string }) {
  const words = text.split(/[\s\u00a0\u202f]+/)
  return words.map((word, at) => (
    <span
      key={at}
      className={cn(words.length > 1 && !/^[\d.,]+$/.test(word) && 'text-sm font-normal tracking-normal text-muted')}
    >
      {at > 0 && ' '}
      {word}
    </span>
  ))
}
