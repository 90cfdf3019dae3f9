/** What a key on the playhead asks for. */
const SECOND = 1_000
const MINUTE = 60 * SECOND

export type KeyAction =
  | { type: 'step'; ms: number }
  | { type: 'event'; direction: 1 | -1 }
  | { type: 'zoom'; factor: number }
  /** In widths of the view */
  | { type: 'pan'; share: number }
  | { type: 'edge'; edge: 'earliest' | 'latest' }
  | { type: 'enter' }

type Pressed = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean }

const ZOOM_IN = 0.6
const ZOOM_OUT = 1 / ZOOM_IN

/** Null for a key that is not the timeline's. */
export function actionOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed): KeyAction | null {
  if (ctrlKey || metaKey || altKey) return null
  const step = shiftKey ? MINUTE : SECOND
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return { type: 'step', ms: -step }
    case 'ArrowRight':
    case 'ArrowUp':
      return { type: 'step', ms: step }
    case '[':
      return { type: 'event', direction: -1 }
    case ']':
      return { type: 'event', direction: 1 }
    case '+':
    case '=':
      return { type: 'zoom', factor: ZOOM_IN }
    case '-':
    case '_':
      return { type: 'zoom', factor: ZOOM_OUT }
    case 'PageUp':
      return { type: 'pan', share: -0.5 }
    case 'PageDown':
      return { type: 'pan', share: 0.5 }
    case 'Home':
      return { type: 'edge', edge: 'earliest' }
    case 'End':
      return { type: 'edge', edge: 'latest' }
    case 'Enter':
      return { type: 'enter' }
    default:
      return null
  }
}
