import { useFormat, useNow } from '@/components/format-provider'

/** "Today 14:03" and "3 h 12 min ago"; `none` where it is not known as a moment. */
export function useWhen() {
  const format = useFormat()
  const now = useNow(60_000)
  return (at: Date | null) => (at ? { moment: format.moment(at, now), ago: format.ago(at, now) } : { moment: 'none', ago: '' })
}
