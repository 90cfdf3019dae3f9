/** The boundaries of the code, read off its imports and file names. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const LAYERS = ['app', 'components', 'lib', 'worker', 'demo', 'local', 'bench'] as const
type Source = { file: string; text: string; imports: string[] }

function readSources(directory: string): Source[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith('lib/generated'))
    .map((file) => {
      const text = readFileSync(file, 'utf8')
      return { file, text, imports: [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => resolve(file, match[1] ?? '')) }
    })
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  return specifier.startsWith('.') ? path.join(path.dirname(file), specifier) : specifier
}

const sources = LAYERS.flatMap((layer) => {
  try {
    return readSources(layer)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
})

const within = (layer: string) => sources.filter(({ file }) => file.startsWith(`${layer}/`))
const offenders = (from: Source[], isForbidden: (specifier: string) => boolean) =>
  from.flatMap(({ file, imports }) => imports.filter(isForbidden).map((specifier) => `${file} → ${specifier}`))

describe('direction', () => {
  it('finds the sources', () => expect(sources.length).toBeGreaterThan(50))

  it('nobody imports app', () => {
    expect(offenders(sources.filter(({ file }) => !file.startsWith('app/')), (name) => name.startsWith('app/'))).toEqual([])
  })

  it('nobody outside worker imports worker', () => {
    const outside = sources.filter(({ file }) => !file.startsWith('worker/') && !file.startsWith('bench/'))
    expect(offenders(outside, (name) => name.startsWith('worker/'))).toEqual([])
  })

  it('lib imports neither components nor worker nor app', () => {
    expect(offenders(within('lib'), (name) => /^(components|worker|app)\//.test(name))).toEqual([])
  })

  it('components read and write nothing', () => {
    expect(offenders(within('components'), (name) => /^lib\/(.*\/)?(data|mutations|lease|db|dashboard-db|env)$/.test(name))).toEqual([])
  })
})

describe('what only one place may do', () => {
  it('processes are started in worker/process.ts', () => {
    const product = sources.filter(({ file }) => /^(app|components|lib|worker)\//.test(file) && file !== 'worker/process.ts')
    expect(offenders(product, (name) => /^(node:)?child_process$|^execa$/.test(name))).toEqual([])
  })

  it('the environment is read in the two env files', () => {
    const allowed = ['lib/env.ts', 'worker/env.ts']
    const readers = sources.filter(({ file, text }) => /^(app|components|lib|worker)\//.test(file) && /process\.env\b/.test(text))
    expect(readers.map(({ file }) => file).filter((file) => !allowed.includes(file))).toEqual([])
  })

  it('Prisma stays in data, mutations and lease', () => {
    const allowed = /^lib\/(.*\/)?(data|mutations|lease|db)\.ts$/
    const users = sources.filter(({ file, imports }) =>
      !allowed.test(file) && imports.some((name) => name.startsWith('lib/generated') || name.startsWith('@prisma/')))
    expect(users.map(({ file }) => file).filter((file) => !file.startsWith('bench/'))).toEqual([])
  })
})

describe('names', () => {
  it('no drawers without a label', () => {
    const drawers = /(^|\/)(utils?|helpers?|misc|common|shared)(\.tsx?|\/)/
    expect(sources.map(({ file }) => file).filter((file) => drawers.test(file))).toEqual([])
  })

  it('no barrels', () => {
    expect(sources.map(({ file }) => file).filter((file) => /\/index\.tsx?$/.test(file))).toEqual([])
  })

  it('every pg client has an error listener: a restore cuts all connections', () => {
    const openers = sources.filter(({ text }) => /new (pg\.)?(Client|Pool)\(/.test(text))
    expect(openers.length).toBeGreaterThan(0)
    expect(openers.filter(({ text }) => !/\.on\('error'/.test(text)).map(({ file }) => file)).toEqual([])
  })

  it('no file is longer than 250 lines', () => {
    expect(sources.filter(({ text }) => text.split('\n').length > 251).map(({ file }) => file)).toEqual([])
  })
})
