export type PgbackrestVersion = { major: number; minor: number; patch: number; text: string }

/** Reads `pgBackRest 2.45`, `pgBackRest 2.60.0dev` or a bare `2.55.1`. Throws on anything else. */
export function parseVersion(output: string): PgbackrestVersion {
  const match = /^(?:pgBackRest )?((\d+)\.(\d+)(?:\.(\d+))?[a-z0-9]*)\s*$/.exec(output)
  if (!match) throw new Error(`Not a pgBackRest version: ${output.slice(0, 100)}`)
  const [, text = '', major, minor, patch = '0'] = match
  return { major: Number(major), minor: Number(minor), patch: Number(patch), text }
}

export type PgbackrestFeatures = {
  /** `info --output=json` tells a running backup's size and how much of it is done */
  jsonLockProgress: boolean
  /** `info --detail-level=progress` tells it without reading the repository */
  progressDetailLevel: boolean
}

export function featuresOf(version: PgbackrestVersion): PgbackrestFeatures {
  return { jsonLockProgress: isAtLeast(version, 2, 48), progressDetailLevel: isAtLeast(version, 2, 56) }
}

function isAtLeast(version: PgbackrestVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor)
}
