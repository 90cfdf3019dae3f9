import { afterEach, describe, expect, it, vi } from 'vitest'
import { EnvError, childEnv, workerEnv } from '@/worker/env'

const needed = { BACKUP_DATABASE_URL: 'postgresql://u@h/backups', SHOP_ADMIN_URL: 'postgresql:///salespider?host=/run' }
const given = (variables: Record<string, string>) => Object.entries({ ...needed, ...variables }).forEach(([name, value]) => vi.stubEnv(name, value))

afterEach(() => vi.unstubAllEnvs())

describe("SaleSpider's defect 8: empty variables make every command fail with 032", () => {
  it('hands no empty variable to pgbackrest', () => {
    given({ PGBACKREST_REPO1_S3_KEY: '', PGBACKREST_REPO1_S3_REGION: 'eu-central-1' })
    expect(childEnv()).not.toHaveProperty('PGBACKREST_REPO1_S3_KEY')
    expect(childEnv()).toHaveProperty('PGBACKREST_REPO1_S3_REGION', 'eu-central-1')
  })

  it('takes an empty schedule or retention for none given', () => {
    given({ BACKUP_SCHEDULE_FULL: '', BACKUP_RETENTION_FULL: '' })
    expect(workerEnv()).toMatchObject({ schedules: { full: '0 2 * * 0' }, retention: { full: null } })
  })
})

describe("SaleSpider's defect 9: schedule and retention variables are read by nothing", () => {
  it('reads them', () => {
    given({ BACKUP_SCHEDULE_FULL: '30 3 * * 6', BACKUP_SCHEDULE_DIFF: 'off', BACKUP_RETENTION_FULL: '4', BACKUP_RETENTION_DIFF: '7' })
    expect(workerEnv()).toMatchObject({ schedules: { full: '30 3 * * 6', diff: null }, retention: { full: 4, diff: 7 } })
  })
})

it('names every variable that is wrong', () => {
  given({ BACKUP_DATABASE_URL: 'nonsense', PGBACKREST_STANZA: '-x', BACKUP_RETENTION_FULL: 'many' })
  expect(() => workerEnv()).toThrow(EnvError)
  expect(() => workerEnv()).toThrow(/BACKUP_DATABASE_URL[\s\S]*PGBACKREST_STANZA[\s\S]*BACKUP_RETENTION_FULL/)
})
