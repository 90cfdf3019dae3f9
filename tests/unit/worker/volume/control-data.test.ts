import { describe, expect, it } from 'vitest'
import { fromLines, toLines } from '@/worker/volume/answers'
import { parseControlData } from '@/worker/volume/control-data'

const output = `pg_control version number:            1300
Catalog version number:               202209061
Database system identifier:           7711015304780147577
Database cluster state:               shut down
pg_control last modified:             Tue Nov 24 10:00:00 2026
Latest checkpoint location:           0/1E000028
Latest checkpoint's REDO location:    0/1E000028
Latest checkpoint's REDO WAL file:    00000002000000000000001E
Latest checkpoint's TimeLineID:       2
Latest checkpoint's PrevTimeLineID:   2
max_connections setting:              150
max_worker_processes setting:         8
max_wal_senders setting:              10
max_prepared_xacts setting:           0
max_locks_per_xact setting:           64
Bytes per WAL segment:                16777216
`

describe('pg_controldata', () => {
  it('is read', () => {
    expect(parseControlData(output)).toEqual({
      state: 'shut down', systemId: '7711015304780147577', checkpoint: '0/1E000028', timeline: 2, segmentSize: 16_777_216,
      settings: { max_connections: 150, max_worker_processes: 8, max_wal_senders: 10, max_prepared_transactions: 0, max_locks_per_transaction: 64 },
    })
  })

  it('is not guessed', () => {
    expect(() => parseControlData(output.replace(/Latest checkpoint location.*\n/, ''))).toThrow('Latest checkpoint location')
  })
})

it('the supervisor’s form goes both ways', () => {
  const values = { job: '7', outcome: 'refused', why: 'a = b, c' }
  expect(fromLines(toLines(values))).toEqual(values)
})
