import { describe, expect, it } from 'vitest'
import { shopProfileSchema } from '@/lib/salespider/schema'
import { coloursOf, contrast, hslOf, isTimeZone, profileOf, rgbOf } from '@/lib/salespider/settings/rules'
import { appSettingsSchema } from '@/lib/salespider/settings/schema'

describe('what SaleSpider says', () => {
  it('is taken part by part: what cannot be used counts as not said', () => {
    expect(appSettingsSchema.parse({
      appName: '  Okafor Stores ', appLogo: '/logo.png', primaryColor: 'red', timezone: 'Mars/Olympus', dateFormat: 'yyyy-MM-dd', timeFormat: 'late',
      currency: 7, currencySymbol: '€', maintenanceMode: true,
    })).toEqual({ appName: 'Okafor Stores', appLogo: '/logo.png', dateFormat: 'yyyy-MM-dd', currencySymbol: '€' })
  })

  it.each(['/logo.png', '/uploads/a%20b.svg', 'https://cdn.example/logo.png', 'http://cdn.example/logo.png'])('%s is a logo', (appLogo) => {
    expect(appSettingsSchema.parse({ appLogo })).toEqual({ appLogo })
  })

  it.each([
    '//evil.example/x.png', '/\\evil.example', 'javascript:alert(1)', 'data:image/svg+xml,x', 'logo.png', '', '/a b', `/${'x'.repeat(2_000)}`,
  ])('%j is none', (appLogo) => {
    expect(appSettingsSchema.parse({ appLogo })).toEqual({})
  })

  it.each(['#c2410c', '#FFF', '#000000'])('%s is a colour', (primaryColor) => {
    expect(appSettingsSchema.parse({ primaryColor })).toEqual({ primaryColor })
  })

  it.each(['c2410c', '#c2410', '#c2410c80', 'rgb(0,0,0)', '#000}body{display:none', ''])('%j is none', (primaryColor) => {
    expect(appSettingsSchema.parse({ primaryColor })).toEqual({})
  })

  it('wins over what the worker read, which stands where nothing is said', () => {
    const published = shopProfileSchema.parse({ name: 'From the table', timeZone: 'Africa/Lagos', currency: 'NGN' })
    expect(profileOf({ appName: 'Okafor Stores', timezone: 'Asia/Tokyo' }, published)).toEqual({ ...published, name: 'Okafor Stores', timeZone: 'Asia/Tokyo' })
    expect(profileOf({}, published)).toEqual(published)
  })

  it('names zones that this runtime knows', () => {
    expect(['Africa/Lagos', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false])
  })
})

describe('a colour', () => {
  it.each([
    ['#ff0000', { h: 0, s: 1, l: 0.5 }],
    ['#0f0', { h: 120, s: 1, l: 0.5 }],
    ['#808080', { h: 0, s: 0, l: 128 / 255 }],
  ])('%s is read', (hex, hsl) => expect(hslOf(hex)).toEqual(hsl))

  it.each(['#c2410c', '#757dd1', '#123456', '#fedcba'])('%s is the same there and back', (hex) => {
    const back = rgbOf(hslOf(hex)).map((value) => Math.round(value * 255).toString(16).padStart(2, '0')).join('')
    expect(`#${back}`).toBe(hex)
  })

  it('contrasts as WCAG counts', () => {
    expect(contrast(hslOf('#000'), hslOf('#fff'))).toBeCloseTo(21)
    expect(contrast(hslOf('#767676'), hslOf('#fff'))).toBeCloseTo(4.54, 1)
  })
})

describe('the colours made of it', () => {
  const page = { light: hslOf('#f1f3f5'), dark: hslOf('#0f1729') }
  const card = { light: hslOf('#fff'), dark: hslOf('#172033') }
  const wheel = Array.from({ length: 24 }, (_, index) => index * 15)
  const shades = wheel.flatMap((hue) => [[1, 0.5], [0.6, 0.2], [0.5, 0.85], [0, 0], [0, 1]].map(([s = 0, l = 0]) =>
    `#${rgbOf({ h: hue, s, l }).map((value) => Math.round(value * 255).toString(16).padStart(2, '0')).join('')}`))

  const parse = (css: string) => css.match(/\{[^}]*\}/g)!.map((block) => Object.fromEntries(
    [...block.matchAll(/--([a-z-]+):([\d.]+) ([\d.]+)% ([\d.]+)%/g)].map(([, name, h, s, l]) => [name!, { h: Number(h), s: Number(s) / 100, l: Number(l) / 100 }])))

  it.each([...new Set(shades)])('of %s are readable, light and dark', (hex) => {
    const [light, dark] = parse(coloursOf(hex))
    for (const [mode, colours] of [['light', light!], ['dark', dark!]] as const) {
      expect(contrast(colours['primary-strong']!, page[mode])).toBeGreaterThan(4.4)
      expect(contrast(colours['primary-strong']!, card[mode])).toBeGreaterThan(4.4)
      expect(contrast(colours['on-primary']!, colours['primary-ground']!)).toBeGreaterThan(4.4)
      expect(contrast(colours.primary!, page[mode])).toBeGreaterThan(2.9)
    }
  })

  it('keep the shop’s own where it is readable as it is', () => {
    expect(coloursOf('#c2410c')).toContain('--primary-ground:17.5 88.3% 40.4%')
  })

  it('are numbers alone', () => {
    expect(coloursOf('#c2410c')).toMatch(/^[:.a-z{}%\d\s;-]+$/)
  })
})
