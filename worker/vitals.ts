/** Signs of life for a container's health check: files that are touched while all is well, and grow old when it is not. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { logger } from '@/lib/logger'

/** `claims`: jobs are asked for; `archiver`: PostgreSQL's archiver was seen to work. */
export type Vital = 'claims' | 'archiver'
export type Vitals = { show(vital: Vital): Promise<void> }

/** Without a directory nobody looks. */
export async function openVitals(directory: string | null): Promise<Vitals> {
  if (directory === null) return { show: () => Promise.resolve() }
  await mkdir(directory, { recursive: true })
  return {
    show: (vital) => writeFile(path.join(directory, vital), '').catch((error: unknown) => {
      logger.warn({ vital, error: String(error) }, 'a sign of life could not be written')
    }),
  }
}
