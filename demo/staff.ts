import { shopDay, timeOfDay } from './calendar'
import type { Ids } from './cuid'
import type { UserRow } from './rows'

/** argon2id of "okafor-stores". Made once: salts differ and hashing is slow, by design, and rows must be the same each time. */
const PASSWORD_HASH = '$argon2id$v=19$m=19456,t=2,p=1$dJX3GwfsfDP9LRv1RYUcQA$SxyMQzcCT/HBYOYs67xZ5RDxsLvyZPtJ9l9IfiP86XE'

type Person = {
  name: string
  role: UserRow['role']
  /** when, as a share of the months traded; from the beginning without it */
  joins?: number
  leaves?: number
}

const people: Person[] = [
  { name: 'Ada Okafor', role: 'SUPER_ADMIN' },
  { name: 'Tunde Bello', role: 'MANAGER' },
  { name: 'Ngozi Eze', role: 'MANAGER' },
  { name: 'Chiamaka Obi', role: 'CASHIER' },
  { name: 'Ibrahim Musa', role: 'CASHIER' },
  { name: 'Blessing Akpan', role: 'CASHIER' },
  { name: 'Yusuf Abdullahi', role: 'CASHIER' },
  { name: 'Funke Adeyemi', role: 'CASHIER' },
  { name: 'Emeka Nwosu', role: 'CASHIER', leaves: 0.62 },
  { name: 'Halima Sani', role: 'CASHIER', joins: 0.55 },
]

export type StaffMember = { row: UserRow; joinsAt: Date; leavesAt: Date | null }

/** Everybody who ever worked here. Who leaves is INACTIVE and soft-deleted from then on. */
export function hireStaff(ids: Ids, foundedAt: Date, from: Date, until: Date): StaffMember[] {
  const within = (share: number, hour: number) =>
    timeOfDay(shopDay(new Date(from.getTime() + share * (until.getTime() - from.getTime()))), hour)
  return people.map(({ name, role, joins, leaves }, position) => {
    const joinsAt = joins === undefined ? new Date(foundedAt.getTime() + position * 143_709) : within(joins, 7.9)
    const leavesAt = leaves === undefined ? null : within(leaves, 18.3)
    const username = name.toLowerCase().replace(' ', '.')
    const row: UserRow = {
      id: ids(joinsAt),
      email: `${username}@okafor-stores.example`,
      username,
      name,
      password: PASSWORD_HASH,
      role,
      status: leavesAt ? 'INACTIVE' : 'ACTIVE',
      createdAt: joinsAt,
      updatedAt: leavesAt ?? joinsAt,
      deletedAt: leavesAt,
    }
    return { row, joinsAt, leavesAt }
  })
}

export const isEmployed = ({ joinsAt, leavesAt }: StaffMember, at: Date) => joinsAt <= at && (leavesAt === null || at < leavesAt)
