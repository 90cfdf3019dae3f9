import type { Random } from './random'

/** Makes an id for a row of that moment. */
export type Ids = (at: Date) => string

/** Ids in the form Prisma's cuid() gives them: time, counter, fingerprint of the process, randomness. */
export function createIds(random: Random): Ids {
  const letters = () => fourLetters(random.between(0, 36 ** 4 - 1))
  const fingerprint = letters()
  let counter = 0
  return (at) => {
    counter = (counter + 1) % 36 ** 4
    return `c${at.getTime().toString(36).padStart(8, '0')}${fourLetters(counter)}${fingerprint}${letters()}${letters()}`
  }
}

const fourLetters = (value: number) => value.toString(36).padStart(4, '0')
