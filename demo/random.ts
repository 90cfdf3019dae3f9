/** A stream of pseudo-random numbers: the same key gives the same stream on every machine. */
export type Random = {
  /** at least 0, less than 1 */
  next(): number
  /** a whole number, both ends included */
  between(min: number, max: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** undefined when nothing has a weight */
  pickWeighted<T>(list: readonly T[], weight: (item: T) => number): T | undefined
  shuffle<T>(list: readonly T[]): T[]
  /** how many arrive when `mean` are expected */
  poisson(mean: number): number
}

export function createRandom(key: string): Random {
  const next = sfc32(key)
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const pick = <T>(list: readonly T[]): T => {
    const item = list[between(0, list.length - 1)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  return {
    next,
    between,
    pick,
    chance: (probability) => next() < probability,
    pickWeighted: (list, weight) => pickWeighted(next(), list, weight),
    shuffle: (list) => list.map((item) => ({ item, order: next() })).sort((a, b) => a.order - b.order).map(({ item }) => item),
    poisson: (mean) => poisson(next, mean),
  }
}

function pickWeighted<T>(draw: number, list: readonly T[], weight: (item: T) => number): T | undefined {
  let rest = draw * list.reduce((sum, item) => sum + weight(item), 0)
  for (const item of list) {
    const share = weight(item)
    if (share > 0 && rest < share) return item
    rest -= share
  }
  return undefined
}

/** Knuth's way, exact and quick enough for the tens of sales of an hour. */
function poisson(next: () => number, mean: number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = next(); product > limit; product *= next()) count += 1
  return count
}

/** Small Fast Counter, 32 bit, seeded from the key by FNV-1a with a different basis for each word of its state. */
function sfc32(key: string): () => number {
  const word = (basis: number) => {
    let hash = basis
    for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
    return hash | 0
  }
  let a = word(0x811c9dc5)
  let b = word(0x9e3779b9)
  let c = word(0x85ebca6b)
  let counter = 1
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 15; i += 1) next()
  return next
}
