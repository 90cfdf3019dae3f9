/** The shop's colour, kept readable. Channels and lightness are 0 to 1, hues degrees. */
import type { ShopProfile } from '../schema'
import type { AppSettings } from './schema'

export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** What SaleSpider says now wins over what the worker read from its table. */
export function profileOf(settings: AppSettings, published: ShopProfile): ShopProfile {
  const { appName: name, timezone: timeZone, dateFormat, timeFormat, language, currency, currencySymbol } = settings
  const said = Object.entries({ name, timeZone, dateFormat, timeFormat, language, currency, currencySymbol })
  return { ...published, ...Object.fromEntries(said.filter(([, value]) => value !== undefined)) }
}

type Hsl = { h: number; s: number; l: number }
type Rgb = readonly [number, number, number]

/** #rgb or #rrggbb */
export function hslOf(hex: string): Hsl {
  const pairs = [hex.slice(1, 3), hex.slice(3, 5), hex.slice(5, 7)]
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit) : pairs
  const [r = 0, g = 0, b = 0] = digits.map((pair) => parseInt(pair, 16) / 255)
  const [max, min] = [Math.max(r, g, b), Math.min(r, g, b)]
  const [l, chroma] = [(max + min) / 2, max - min]
  if (chroma === 0) return { h: 0, s: 0, l }
  const sixth = max === r ? ((g - b) / chroma + 6) % 6 : max === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4
  return { h: sixth * 60, s: chroma / (1 - Math.abs(2 * l - 1)), l }
}

export function rgbOf({ h, s, l }: Hsl): Rgb {
  const channel = (n: number) => {
    const k = (n + h / 30) % 12
    return l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
  }
  return [channel(0), channel(8), channel(4)]
}

function luminance(colour: Hsl): number {
  const [r, g, b] = rgbOf(colour).map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

/** WCAG's, 1 to 21 */
export function contrast(a: Hsl, b: Hsl): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

/** The same hue, as much darker or lighter as it takes to stand out from each of `grounds`; at the end, black or white. */
function readableOn(colour: Hsl, grounds: Hsl[], ratio: number, towards: 'dark' | 'light'): Hsl {
  const [step, end] = towards === 'dark' ? [-0.01, 0] : [0.01, 1]
  let candidate = colour
  while (candidate.l !== end && grounds.some((ground) => contrast(candidate, ground) < ratio)) {
    candidate = { ...candidate, l: Math.min(1, Math.max(0, candidate.l + step)) }
  }
  return candidate
}

/** The page's own grounds, as app/globals.css has them: page, card, hover. */
const grounds = {
  light: [{ h: 210, s: 0.17, l: 0.95 }, { h: 0, s: 0, l: 1 }, { h: 210, s: 0.18, l: 0.97 }],
  dark: [{ h: 222, s: 0.47, l: 0.11 }, { h: 222, s: 0.38, l: 0.145 }, { h: 221, s: 0.34, l: 0.17 }],
}
const white: Hsl = { h: 0, s: 0, l: 1 }
const ink: Hsl = { h: 222, s: 0.47, l: 0.08 }
const TEXT = 4.5
const MARK = 3

/** Custom properties of app/globals.css in the shop's colour: text at least 4.5:1 on its ground, marks and buttons 3:1. */
export function coloursOf(primary: string): string {
  const colour = hslOf(primary)
  return `:root:root{${theme(colour, 'light')}}:root.dark.dark{${theme(colour, 'dark')}}`
}

function theme(colour: Hsl, mode: 'light' | 'dark'): string {
  const towards = mode === 'light' ? 'dark' : 'light'
  const mark = readableOn(colour, grounds[mode], MARK, towards)
  const strong = readableOn(colour, grounds[mode], TEXT, towards)
  const ground = groundOf(mark)
  return Object.entries({ primary: mark, 'primary-strong': strong, 'primary-ground': ground, 'on-primary': onGround(ground) })
    .map(([name, value]) => `--${name}:${css(value)}`).join(';')
}

const onGround = (ground: Hsl) => (contrast(white, ground) >= contrast(ink, ground) ? white : ink)

/** Between light and dark lies a grey on which neither white nor ink reads well: darker, then. */
function groundOf(colour: Hsl): Hsl {
  return contrast(onGround(colour), colour) >= TEXT ? colour : readableOn(colour, [white], TEXT, 'dark')
}

const round = (value: number) => Math.round(value * 10) / 10
const css = ({ h, s, l }: Hsl) => `${round(h)} ${round(s * 100)}% ${round(l * 100)}%`
