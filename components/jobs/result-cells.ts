import type { useTranslations } from 'use-intl'
import type { Format } from '@/lib/format'
import type { JobKind, JobResult } from '@/lib/jobs/schema'
import type { RescueStep } from '@/lib/restore/rescue/schema'
import type { Reached } from '@/lib/restore/schema'
import type { FigureCell } from './figures'

type Words = ReturnType<typeof useTranslations<'jobs.progress'>>
type ResultOf<K extends JobKind> = Extract<JobResult, { kind: K }>

/** What a job that is done came to, figure by figure. */
export function resultCells(result: JobResult, t: Words, format: Format): FigureCell[] {
  switch (result.kind) {
    case 'backup':
      return backupCells(result, t, format)
    case 'check':
      return [{ name: t('archiving'), text: t('works'), note: t('archivingNote') }]
    case 'stanza-create':
      return [{ name: t('stanza'), text: result.created ? t('created') : t('existed') }]
    case 'sync-catalog':
      return [
        { name: t('sets'), text: format.count(result.sets), note: t('setsNote') },
        { name: t('appeared'), text: format.count(result.appeared), note: t('appearedNote') },
        { name: t('expired'), text: format.count(result.expired), note: t('goneNote') },
      ]
    case 'check-archive':
      return [
        { name: t('segments'), text: format.count(result.segments), note: t('segmentsNote') },
        { name: t('gaps'), text: format.count(result.gaps), note: t('gapsNote', { count: result.gaps }) },
      ]
    case 'rehearse':
      return [
        reachedCell(result.reached, t, format),
        { name: t('size'), text: format.bytes(result.size), note: t('sizeNote') },
        { name: t('copied'), text: format.duration(result.took.restore), note: t('copiedNote') },
        { name: t('replayTook'), text: format.duration(result.took.replay), note: t('replayTookNote') },
      ]
    case 'compare':
      return [
        { name: t('lost'), text: format.count(result.lost), note: t('lostNote', { count: result.lost }) },
        { name: t('returns'), text: format.count(result.returns), note: t('returnsNote', { count: result.returns }) },
        { name: t('compared'), text: format.count(result.tables), note: t('comparedNote', { count: result.tables }) },
      ]
    case 'switch':
    case 'undo':
      return switchedCells(result, t, format)
    case 'restore-in-place':
      return [
        closedCell(result.downtimeMs, t, format),
        reachedCell(result.reached, t, format),
        { name: t('safety'), text: result.safetyLabel === 'none' ? t('safetyNone') : result.safetyLabel, note: t('safetyNote') },
      ]
    case 'restore-point':
      return [
        { name: t('point'), text: result.name, note: t('pointNote', { lsn: result.lsn, timeline: result.timeline }) },
        { name: t('at'), text: format.time(new Date(result.at), { seconds: true }), note: format.date(new Date(result.at)) },
      ]
    case 'plan-rescue':
      return [
        ...stepCells(t('canReturn'), 'canReturnNote', result.outcome.steps, t, format),
        conflictCell(result.outcome.conflicts.length, t, format),
      ]
    case 'rescue':
      return stepCells(t('putBack'), 'putBackNote', result.steps, t, format)
    case 'undo-rescue':
      return [{ name: t('takenBack'), text: format.count(result.steps.length), note: t('takenBackNote', { count: result.steps.length }) }]
    case 'test-repository':
      return [{ name: t('repository'), text: t('usable'), note: t('usableNote') }]
    case 'discard':
    case 'purge':
      return [{ name: t('freed'), text: format.bytes(result.freed), note: t('freedNote') }]
  }
}

function backupCells(result: ResultOf<'backup'>, t: Words, format: Format): FigureCell[] {
  const { databaseSize, databaseDelta, repositoryDelta, resumed, expired } = result
  const share = databaseSize > 0 ? (databaseDelta / databaseSize) * 100 : 100
  return [
    { name: t('database'), text: format.bytes(databaseSize), note: t('databaseNote') },
    { name: t('read'), text: format.bytes(databaseDelta), note: t('readNote', { percent: format.percent(share) }) },
    { name: t('stored'), text: format.bytes(repositoryDelta), note: resumed ? t('resumedNote') : t('storedNote') },
    { name: t('expired'), text: format.count(expired.length), note: t('expiredNote', { count: expired.length }) },
  ]
}

function switchedCells({ downtimeMs, kept, timeline, carried }: ResultOf<'switch' | 'undo'>, t: Words, format: Format): FigureCell[] {
  const names = new Intl.ListFormat(format.options.locale).format(carried)
  return [
    closedCell(downtimeMs, t, format),
    { name: t('kept'), text: format.day(kept.keepUntil), note: t('keptNote', { size: format.bytes(kept.size) }) },
    { name: t('timeline'), text: String(timeline), note: t('timelineNote') },
    { name: t('carried'), text: format.count(carried.length), note: names || t('carriedNote') },
  ]
}

function conflictCell(count: number, t: Words, format: Format): FigureCell {
  return { name: t('conflicts'), text: format.count(count), note: t('conflictsNote', { count }) }
}

type StepNote = 'canReturnNote' | 'putBackNote'

function stepCells(name: string, note: StepNote, steps: readonly RescueStep[], t: Words, format: Format): FigureCell[] {
  const chosen = steps.filter(({ why }) => why === 'chosen').length
  const brought = steps.length - chosen
  return [
    { name, text: format.count(chosen), note: t(note, { count: chosen }) },
    { name: t('brought'), text: format.count(brought), note: t('broughtNote', { count: brought }) },
  ]
}

function closedCell(downtimeMs: number | null, t: Words, format: Format): FigureCell {
  const name = t('closed')
  if (downtimeMs === null) return { name, text: t('closedUnknown'), note: t('closedUnknownNote') }
  return { name, text: format.tenths(downtimeMs), note: t('closedNote') }
}

/** The last sale that is there; where the log names none, the position itself. */
function reachedCell({ at, lsn, timeline }: Reached, t: Words, format: Format): FigureCell {
  const note = t('reachedNote', { lsn, timeline })
  return { name: t('reached'), text: at ? format.time(new Date(at), { seconds: true }) : lsn, note }
}
