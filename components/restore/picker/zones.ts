import { isTimeZone } from '@/lib/format/zone'

const MOST = 60

/** The shop's, the browser's, UTC, then every other by its name. */
export function zonesFor(shop: string, browser: string, all: readonly string[]): string[] {
  return [...new Set([...[shop, browser, 'UTC'].filter(isTimeZone), ...all])]
}

/** Those whose name has every word of the text, the ones that begin with it first; a few are enough to choose from. */
export function matchZones(zones: readonly string[], text: string): string[] {
  const words = plain(text).split(' ').filter(Boolean)
  const found = zones.filter((zone) => words.every((word) => plain(zone).includes(word)))
  const isFirst = (zone: string) => words.length > 0 && plain(zone).split('/').some((part) => part.startsWith(words[0] ?? ''))
  return [...found.filter(isFirst), ...found.filter((zone) => !isFirst(zone))].slice(0, MOST)
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('_', ' ').trim()
}
