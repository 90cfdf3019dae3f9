import { memo } from 'react'
import { useTranslations } from 'use-intl'
import type { TimelineSlice } from '@/lib/restore/timeline/schema'
import type { Layout } from './layout'
import { RIBBON, bandOf, branchPath } from './ribbon'
import { type Scale, px } from './scale'

type Wal = Pick<TimelineSlice, 'reach' | 'gaps' | 'branches'>
type RibbonLayerProps = {
  wal: Wal
  /** The newest moment that is archived */
  latest: number | null
  now: number
  scale: Scale
  layout: Layout
  hatch: string
}

/** Where WAL reaches; gaps and what was never kept are hatched, what is under way to the archive is dashed. */
export const RibbonLayer = memo(function RibbonLayer({ wal, latest, now, scale, layout, hatch }: RibbonLayerProps) {
  const live = wal.reach.filter(({ isLive }) => isLive)
  const first = Math.min(...live.map(({ from }) => from), latest ?? now)
  const band = (from: number, to: number, least?: number) => {
    const found = bandOf(from, to, scale, least)
    return found && { ...found, y: layout.ribbon, height: RIBBON }
  }
  const [before, waiting] = [band(scale.from, Math.min(first, now)), latest !== null && band(latest, now)]
  return (
    <g>
      {before && <rect {...before} fill={`url(#${hatch}-none)`} className="opacity-80" />}
      {live.map(({ timeline, from, to }) => {
        const piece = band(from, to)
        return piece && <rect key={`${timeline} ${from}`} {...piece} className="fill-wal" />
      })}
      {wal.gaps.map(({ timeline, from, to, first: segment }) => {
        const piece = band(from, to, 4)
        return piece && (
          <g key={`${timeline} ${segment}`}>
            <rect {...piece} className="fill-card" />
            <rect {...piece} fill={`url(#${hatch}-gap)`} className="stroke-bad-fill/60" />
          </g>
        )
      })}
      {waiting && Number(waiting.width) > 3 && <rect {...waiting} className="fill-lost/20 stroke-lost" strokeDasharray="2 2" />}
      {wal.branches.map((branch) => (
        <Fork key={`${branch.timeline} ${branch.from}`} branch={branch} scale={scale} layout={layout} />
      ))}
    </g>
  )
})

type ForkProps = { branch: Wal['branches'][number]; scale: Scale; layout: Layout }

/** The end that a restore left, up to its stop; and along the main row, dotted, from where the data of the next one goes on. */
function Fork({ branch, scale, layout }: ForkProps) {
  const t = useTranslations('timeline.ribbon')
  if (!scale.shows(branch.from, Math.max(branch.to, branch.leftAt ?? 0))) return null
  const stop = Math.max(scale.x(branch.to), scale.x(branch.from) + 3)
  const [from, left] = [scale.x(branch.from), branch.leftAt === null ? null : scale.x(branch.leftAt)]
  const middle = layout.ribbon + RIBBON / 2
  return (
    <g>
      {branch.next !== null && <title>{t('timeline', { timeline: branch.next })}</title>}
      <path d={branchPath(branch, scale, layout)} className="fill-wal/55" />
      <path d={`M${px(stop)} ${layout.branch - 4}V${layout.branch + 8}`} className="stroke-wal stroke-2" />
      {left !== null && left - from > 6 && (
        <g className="fill-none stroke-wal">
          <path d={`M${px(left)} ${middle}H${px(from + 2)}`} strokeWidth={1.5} strokeDasharray="2 2.5" />
          <path d={`M${px((from + left) / 2 + 3)} ${middle - 4}l-4.5 4 4.5 4`} strokeWidth={1.75} />
        </g>
      )}
    </g>
  )
}
