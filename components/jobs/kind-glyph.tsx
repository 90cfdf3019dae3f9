import {
  ArchiveRestore, BookOpen, Flag, FlaskConical, GitCompareArrows, Layers, LifeBuoy, ListChecks, type LucideIcon, PackageMinus, PlugZap, Repeat,
  SearchCheck, Stethoscope, Trash2, Undo, Undo2,
} from 'lucide-react'
import { TypeGlyph } from '@/components/backups/type-glyph'
import { cn } from '@/lib/cn'
import type { BackupType, JobKind } from '@/lib/jobs/schema'

const icons: Record<Exclude<JobKind, 'backup'>, LucideIcon> = {
  check: Stethoscope,
  'stanza-create': Layers,
  'sync-catalog': BookOpen,
  'check-archive': SearchCheck,
  rehearse: FlaskConical,
  compare: GitCompareArrows,
  discard: Trash2,
  switch: Repeat,
  undo: Undo2,
  'restore-in-place': ArchiveRestore,
  'restore-point': Flag,
  purge: PackageMinus,
  'plan-rescue': ListChecks,
  rescue: LifeBuoy,
  'undo-rescue': Undo,
  'test-repository': PlugZap,
}

/** What a job does, by its shape; a backup wears its type. */
export function KindGlyph({ kind, type, className }: { kind: JobKind; type: BackupType | null; className?: string }) {
  if (kind === 'backup') return <TypeGlyph type={type ?? 'full'} className={className} />
  const Icon = icons[kind]
  return <Icon aria-hidden className={cn('size-4 shrink-0', className)} />
}
