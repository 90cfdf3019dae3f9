import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { LOCALE, messages } from '@/lib/i18n'

type Words = { [key: string]: string | Words }

function flatten(words: Words, prefix = ''): [key: string, text: string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
}

describe.each(Object.entries(messages))('%s', (_, words) => {
  it('is ICU in every message', () => {
    const broken = flatten(words).filter(([, text]) => {
      try {
        return !new IntlMessageFormat(text, LOCALE)
      } catch {
        return true
      }
    })
    expect(broken).toEqual([])
  })

  it('keeps to plain sentences', () => {
    expect(flatten(words).filter(([, text]) => /!|\b(please|oops|successfully)\b|…$|\bRPO\b|\bRTO\b/i.test(text))).toEqual([])
  })
})
