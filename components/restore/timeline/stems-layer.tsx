import { memo, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { RestoreView } from '@/lib/restore/view/schema'
import type { Sale } from '@/lib/salespider/life/schema'
import { moneyText } from '../rehearsal/money'
import { ink } from './ink'
import type { Layout } from './layout'
import { TopLine } from './sales-layer'
import { type Scale, niceMax, px, textWidth } from './scale'
import { useTimes } from './words'

const STEMS_MS = 7_200_000

/** Fine enough to tell one sale from the next. */
export function isFine({ from, to }: Scale): boolean {
  return to - from <= STEMS_MS
}

type Currency = RestoreView['currency']
type SalesStemsProps = { sales: readonly Sale[]; at: number | null; currency: Currency; scale: Scale; layout: Layout }
type Stem = { sale: Sale; x: number; y: number; isLost: boolean }
type StemWords = { amount: string; details: string[] }

/** Every sale by itself, as high as its amount. */
export const SalesStems = memo(function SalesStems({ sales, at, currency, scale, layout }: SalesStemsProps) {
  const format = useFormat()
  const wordsOf = useStemWords(currency, layout.detail === 'flags')
  const shown = sales.filter((sale) => scale.shows(sale.at.getTime()))
  const top = niceMax(Math.max(...shown.map(({ amount }) => Number(amount)), 1))
  const height = layout.base - layout.sales - 4
  const stems = shown.map((sale): Stem => ({
    sale, x: scale.x(sale.at.getTime()), y: layout.base - Math.max(3, (Number(sale.amount) / top) * height),
    isLost: at !== null && sale.at.getTime() > at,
  }))
  const path = (isLost: boolean) => stems.filter((stem) => stem.isLost === isLost).map(({ x, y }) => `M${px(x)} ${layout.base}V${px(y)}`).join('')
  return (
    <g>
      {stems.length > 0 && <TopLine layout={layout} label={shortMoney(top, currency, format.options.locale)} />}
      <path d={path(false)} className="stroke-sale stroke-2" />
      <path d={path(true)} className="stroke-lost stroke-2" />
      {stems.map(({ sale, x, y, isLost }) => (
        <circle key={sale.id} cx={px(x)} cy={px(y)} r={4.5} className={isLost ? 'fill-lost' : 'fill-sale'} />
      ))}
      {labelled(stems, layout, wordsOf).map((label) => <StemLabel key={label.stem.sale.id} base={layout.base} {...label} />)}
    </g>
  )
})

/** Said once of a sale, and only of one that has room beside it: a zoom asks again with every frame. */
function useStemWords(currency: Currency, hasDetails: boolean): (sale: Sale) => StemWords {
  const t = useTranslations('timeline.sale')
  const { options: { locale } } = useFormat()
  const { second } = useTimes()
  return useMemo(() => remembered((sale) => ({
    amount: moneyText(sale.amount, currency, locale),
    details: hasDetails ? [t('detail', { time: second(sale.at), ...byWhom(sale) }), t('short', byWhom(sale)), sale.cashier] : [],
  })), [t, second, currency, locale, hasDetails])
}

function remembered(wordsOf: (sale: Sale) => StemWords): (sale: Sale) => StemWords {
  const said = new WeakMap<Sale, StemWords>()
  return (sale) => {
    const words = said.get(sale) ?? wordsOf(sale)
    said.set(sale, words)
    return words
  }
}

/** No amount is narrower. */
const LEAST_PX = 28

type Label = StemWords & { stem: Stem; flip: boolean; detail: string | null }

/** Words stand right of a stem where there is room, else left of it; as many as fit, the amount at least, else none. */
function labelled(stems: readonly Stem[], layout: Layout, wordsOf: (sale: Sale) => StemWords): Label[] {
  const end = layout.isNarrow ? layout.width : layout.width - 8
  let edge = layout.left - 8
  return stems.flatMap((stem, n): Label[] => {
    const next = stems[n + 1]?.x ?? end
    const hasRoom = (stem.x + LEAST_PX < next - 6 && stem.x > edge) || stem.x - LEAST_PX > edge
    const words = hasRoom ? wordsOf(stem.sale) : null
    for (const detail of words ? [...words.details, null] : []) {
      const width = Math.max(textWidth(words?.amount ?? '', 13) + 18, textWidth(detail ?? '') + 18)
      const [isRight, isLeft] = [stem.x + width < next - 6 && stem.x > edge, stem.x - width > edge]
      if (!isRight && !isLeft) continue
      edge = isRight ? stem.x + width : stem.x + 6
      return words ? [{ ...words, stem, flip: !isRight, detail }] : []
    }
    edge = Math.max(edge, stem.x + 6)
    return []
  })
}

/** Never below the base line */
function StemLabel({ stem: { x, y }, amount, details, flip, detail, base }: Label & { base: number }) {
  const middle = Math.min(y, base - (detail === null ? 10 : 26))
  const place = { x: px(flip ? x - 10 : x + 10), textAnchor: flip ? 'end' : 'start' } as const
  return (
    <>
      <text {...place} y={px(middle + 4)} className={cn(details.length > 0 ? [ink.words, 'font-semibold'] : ink.note, ink.halo)}>{amount}</text>
      {detail !== null && <text {...place} y={px(middle + 20)} className={cn(ink.note, ink.halo)}>{detail}</text>}
    </>
  )
}

/** SaleSpider writes BANK_TRANSFER. */
function byWhom({ cashier, payment }: Sale) {
  return { cashier, payment: payment.toLowerCase().replaceAll('_', ' ') }
}

/** "₦15K": beside the axis there is room for little. */
function shortMoney(value: number, { code, symbol }: Currency, locale: string): string {
  return `${symbol || `${code}\u00a0`}${new Intl.NumberFormat(locale, { notation: 'compact' }).format(value)}`
}
