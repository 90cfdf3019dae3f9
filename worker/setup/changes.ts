/** What differs between two versions of the configuration, without a secret's value. */

/** `repo1-azure-key-type` says how a key is used, and is none. */
export const SECRET_OPTION = /^repo\d+-(cipher-pass|s3-key|s3-key-secret|s3-token|azure-key|gcs-key)$/

export type Change = { option: string; before: string | null; after: string | null }

/** Options that came, went or changed, each file's text given; a secret shows as `hidden`. */
export function changesBetween(before: string, after: string): Change[] {
  const [old, now] = [optionsOf(before), optionsOf(after)]
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name)).map((option) => {
    const show = (value: string | undefined) => (value === undefined ? null : SECRET_OPTION.test(option) ? 'hidden' : value)
    return { option, before: show(old.get(option)), after: show(now.get(option)) }
  })
}

export function optionsOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(/^([a-z0-9_-]+)\s*=\s*(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))
}

const PLACE = ['type', 'path', 's3-bucket', 's3-endpoint', 'azure-account', 'azure-container', 'storage-host', 'gcs-bucket', 'gcs-endpoint']

/**
 * Repositories whose encryption would change while they stay where they are: what is in them could not be read any more, and
 * pgBackRest would refuse every command.
 */
export function recoded(before: string, after: string): number[] {
  const [old, now] = [optionsOf(before), optionsOf(after)]
  const keys = [...new Set([...old.keys()].flatMap((name) => /^repo(\d+)-type$/.exec(name)?.[1] ?? []))].map(Number)
  const same = (key: number, names: string[]) => names.every((name) => old.get(`repo${key}-${name}`) === now.get(`repo${key}-${name}`))
  return keys.filter((key) => now.has(`repo${key}-type`) && same(key, PLACE) && !same(key, ['cipher-pass']))
}

/** Retention that becomes shorter: the next expire removes what was kept. */
export function shortened(changes: readonly Change[]): Change[] {
  return changes.filter(({ option, before, after }) =>
    /-retention-(full|diff|archive)$/.test(option) && after !== null && (before === null || Number(after) < Number(before)))
}
