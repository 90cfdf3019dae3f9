import { useCallback, useRef, useState } from 'react'

/** Nearer to the end than this, in pixels, counts as being there. */
const NEAR = 24

export type Follow = { isFollowing: boolean; start: () => void; onScroll: (box: HTMLElement) => void }

/** Stays with the end of a log until it is scrolled up, and again once it is scrolled back down. */
export function useFollow(initially: boolean): Follow {
  const [isFollowing, setFollowing] = useState(initially)
  const lastTop = useRef(0)
  const onScroll = useCallback((box: HTMLElement) => {
    const left = box.scrollHeight - box.clientHeight - box.scrollTop
    const wentUp = box.scrollTop < lastTop.current
    lastTop.current = box.scrollTop
    if (left <= NEAR) setFollowing(true)
    else if (wentUp) setFollowing(false)
  }, [])
  return { isFollowing, start: useCallback(() => setFollowing(true), []), onScroll }
}
