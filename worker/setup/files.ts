/** The configuration on its volume: whole or not at all, readable for the owner and the group alone. */
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { removeDurably, writeDurably } from '../volume/durable'

export async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

/** Null removes it. What is there already is not written again. */
export async function putFile(file: string, text: string | null): Promise<void> {
  if ((await readIfThere(file)) === (text ?? '')) return
  if (text === null) return removeDurably(file)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o750 })
  await writeDurably(file, text, 0o640)
}
