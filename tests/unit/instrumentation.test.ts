import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const usable = {
  NEXT_RUNTIME: 'nodejs', BACKUP_DATABASE_URL: 'postgres://backups@127.0.0.1:5432/backups',
  NEXTAUTH_SECRET: 'a secret of more than thirty-two characters',
}
const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never)
const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)

beforeEach(() => {
  vi.resetModules()
  for (const [name, value] of Object.entries(usable)) vi.stubEnv(name, value)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.clearAllMocks()
})

const start = async () => (await import('@/instrumentation')).register()

it('lets the dashboard start with an environment that can be used', async () => {
  await start()
  expect(exit).not.toHaveBeenCalled()
})

it('ends it at once otherwise, and names every variable that is wrong', async () => {
  vi.stubEnv('BACKUP_DATABASE_URL', 'mysql://nowhere')
  vi.stubEnv('NEXTAUTH_SECRET', 'short')
  await start()
  expect(exit).toHaveBeenCalledWith(1)
  expect(write.mock.calls.join('')).toMatch(/environment is not usable[^]*BACKUP_DATABASE_URL[^]*NEXTAUTH_SECRET/)
})
