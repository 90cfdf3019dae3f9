import type { May } from '@/components/restore/access'
import { can } from '@/lib/auth/rules'
import type { SessionUser } from '@/lib/auth/schema'

export function mayOf(user: SessionUser): May {
  return {
    rehearse: can(user, 'restore:rehearse'),
    point: can(user, 'restore:point'),
    switch: can(user, 'restore:switch'),
    undo: can(user, 'restore:undo'),
    inPlace: can(user, 'restore:in-place'),
    purge: can(user, 'restore:purge'),
    check: can(user, 'checks:run'),
    cancel: can(user, 'jobs:cancel'),
  }
}
