import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

/** Our type sizes are sizes: without this `text-meta text-bad` would be taken for two colours, and one dropped. */
const merge = extendTailwindMerge({
  extend: {
    classGroups: { 'font-size': [{ text: ['verdict', 'figure', 'title', 'section', 'compact', 'meta'] }] },
    theme: { shadow: ['sheet', 'pop'], radius: ['control', 'sheet'] },
  },
})

/** Joins class names; of two that contradict each other the later one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes))
}
