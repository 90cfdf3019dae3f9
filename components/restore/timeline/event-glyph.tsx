import {
  ArchiveRestore, Circle, Ellipsis, type LucideIcon, type LucideProps, PackageMinus, PackagePlus, Pencil, Plus, Tag, Trash2, UserMinus, UserPen,
  UserPlus, UserRoundCheck,
} from 'lucide-react'
import type { EventMark } from './marks'

const glyphs: Record<EventMark['kind'], LucideIcon> = {
  'product-created': Plus,
  'product-repriced': Tag,
  'product-restocked': PackagePlus,
  'product-changed': Pencil,
  'product-deleted': Trash2,
  'product-restored': ArchiveRestore,
  deshelved: PackageMinus,
  'user-created': UserPlus,
  'user-changed': UserPen,
  'user-deleted': UserMinus,
  'user-restored': UserRoundCheck,
  other: Circle,
  several: Ellipsis,
}

/** What happened, as a sign. */
export function EventGlyph({ kind, ...props }: { kind: EventMark['kind'] } & LucideProps) {
  const Glyph = glyphs[kind]
  return <Glyph aria-hidden {...props} />
}
