import { createTranslator } from 'use-intl/core'
import auth from '@/messages/en/auth.json'
import backups from '@/messages/en/backups.json'
import exchange from '@/messages/en/exchange.json'
import failures from '@/messages/en/failures.json'
import format from '@/messages/en/format.json'
import history from '@/messages/en/history.json'
import hosted from '@/messages/en/hosted.json'
import jobs from '@/messages/en/jobs.json'
import overview from '@/messages/en/overview.json'
import picker from '@/messages/en/picker.json'
import rehearsal from '@/messages/en/rehearsal.json'
import rescue from '@/messages/en/rescue.json'
import restore from '@/messages/en/restore.json'
import settings from '@/messages/en/settings.json'
import setup from '@/messages/en/setup.json'
import shell from '@/messages/en/shell.json'
import timeline from '@/messages/en/timeline.json'

/** One catalogue a language; English is complete, and is what the types are made of. */
export const messages = {
  auth, backups, exchange, failures, format, history, hosted, jobs, overview, picker, rehearsal, rescue, restore, settings, setup, shell,
  timeline,
}
export type Messages = typeof messages
export type Namespace = keyof Messages
export const LOCALE = 'en'

declare module 'use-intl/core' {
  interface AppConfig {
    Messages: Messages
  }
}

/** Words for code that renders on the server or prints on a terminal; client components use `useTranslations`. */
export function translator<N extends Namespace>(namespace: N) {
  return createTranslator({ locale: LOCALE, messages, namespace })
}

/** A message selects by letters and digits only: `restore-in-place` is `restoreInPlace` there. */
export function selector(value: string): string {
  return value.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
