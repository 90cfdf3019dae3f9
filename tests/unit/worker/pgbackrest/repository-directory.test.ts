import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { namesIn, signOf } from '@/worker/pgbackrest/repository-directory'

let root: string
const file = (kind: string) => path.join(root, kind, 'shop', `${kind}.info`)
const sign = () => signOf(root, 'shop')

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'repository-'))
  for (const kind of ['backup', 'archive']) {
    mkdirSync(path.dirname(file(kind)), { recursive: true })
    writeFileSync(file(kind), 'as it was')
  }
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('the sign of a repository', () => {
  it('stays while nothing changes', async () => {
    expect(await sign()).toBe(await sign())
  })

  it.each(['backup', 'archive'])('is another once %s.info is written anew, even with as many bytes and the same time', async (kind) => {
    const before = await sign()
    const time = new Date('2026-11-24T01:00:00Z')
    writeFileSync(`${file(kind)}.new`, 'as it is!')
    utimesSync(`${file(kind)}.new`, time, time)
    renameSync(`${file(kind)}.new`, file(kind))
    expect(await sign()).not.toBe(before)
  })

  it('is another once the stanza is gone, and once the repository is', async () => {
    const signs = [await sign()]
    rmSync(path.join(root, 'backup'), { recursive: true })
    signs.push(await sign())
    rmSync(root, { recursive: true })
    signs.push(await sign())
    expect(new Set(signs).size).toBe(3)
  })

  it('does not change with what else the repository holds', async () => {
    const before = await sign()
    writeFileSync(path.join(root, 'archive/shop/000000010000000000000001'), '')
    expect(await sign()).toBe(before)
  })
})

describe('names in a directory', () => {
  it('are listed, or nothing is claimed', async () => {
    expect(await namesIn(path.join(root, 'backup/shop'))).toEqual(['backup.info'])
    expect(await namesIn(path.join(root, 'backup/other'))).toBeNull()
  })
})
