import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { findLogoOrigin, getAppSettings, getLooks } from '@/lib/salespider/settings/data'
import { type StandIn, startSaleSpider } from '../../../support/salespider'

const settings = vi.hoisted(() => ({ url: undefined as string | undefined }))
vi.mock('@/lib/env', () => ({ env: () => ({ SALESPIDER_URL: settings.url }), isDevelopment: false }))

let salespider: StandIn
beforeAll(async () => (salespider = await startSaleSpider(async () => null)))
afterAll(() => salespider.close())
afterEach(() => {
  settings.url = undefined
  vi.unstubAllGlobals()
})

const say = (said: object) => {
  for (const name of Object.keys(salespider.settings)) delete salespider.settings[name]
  Object.assign(salespider.settings, said)
}
/** Another address, so that nothing of the test before is known. */
let visits = 0
const connect = () => (settings.url = `${salespider.url}${'/'.repeat((visits += 1) % 2)}`)

it('is our own look where no SaleSpider is named', async () => {
  expect(await getLooks()).toEqual({ name: 'SaleSpider', logo: null, css: '' })
  expect(await findLogoOrigin()).toBeNull()
})

it('is SaleSpider’s, from the first time on', async () => {
  say({ appName: 'Okafor Stores', appLogo: 'https://cdn.example/a/logo.png', primaryColor: '#c2410c' })
  connect()
  expect(await getLooks()).toEqual({ name: 'Okafor Stores', logo: 'https://cdn.example/a/logo.png', css: expect.stringContaining('--primary:') as string })
  expect(await findLogoOrigin()).toBe('https://cdn.example')
})

it('is asked for once, however many need it, and anew a little later without anybody waiting', async () => {
  say({ appName: 'Before' })
  connect()
  const asked = vi.fn(fetch)
  vi.stubGlobal('fetch', asked)
  const now = Date.now()
  await Promise.all([1, 2, 3].map(() => getAppSettings(now)))
  say({ appName: 'After' })
  expect(await getAppSettings(now + 19_000)).toEqual({ appName: 'Before' })
  expect(asked).toHaveBeenCalledTimes(1)
  expect(await getAppSettings(now + 20_000)).toEqual({ appName: 'Before' })
  await vi.waitFor(async () => expect(await getAppSettings(now + 20_001)).toEqual({ appName: 'After' }))
  expect(asked).toHaveBeenCalledTimes(2)
})

it('stays as it was while SaleSpider does not answer, or not with settings', async () => {
  say({ appName: 'Known' })
  connect()
  const now = Date.now()
  await getAppSettings(now)
  const answers = [new Response('no', { status: 502 }), new Response('<html>'), new Response(JSON.stringify({ appName: 'x'.repeat(200_000) }))]
  for (const [index, answer] of answers.entries()) {
    const asked = vi.fn(async () => answer)
    vi.stubGlobal('fetch', asked)
    await vi.waitFor(async () => {
      await getAppSettings(now + (index + 1) * 20_000)
      expect(asked).toHaveBeenCalled()
    })
    expect(await getAppSettings(now + (index + 1) * 20_000 + 1)).toEqual({ appName: 'Known' })
  }
})

it('keeps nobody waiting again for one that was never there', async () => {
  connect()
  const asked = vi.fn(async () => Promise.reject(new Error('no route')))
  vi.stubGlobal('fetch', asked)
  const now = Date.now()
  for (const later of [0, 1, 2]) expect(await getAppSettings(now + later)).toEqual({})
  expect(asked).toHaveBeenCalledTimes(1)
})
