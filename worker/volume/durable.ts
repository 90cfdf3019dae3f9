/** Files that are whole or not there, also after a power failure. */
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'

export async function writeDurably(file: string, text: string, mode = 0o600): Promise<void> {
  const unfinished = `${file}.new`
  const handle = await open(unfinished, 'w', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, file)
  await syncDirectory(path.dirname(file))
}

export async function removeDurably(file: string): Promise<void> {
  await rm(file, { force: true })
  await syncDirectory(path.dirname(file))
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
