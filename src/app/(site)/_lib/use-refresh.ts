'use client'

import { useEffect, useEffectEvent } from 'react'

/** Reads again every `everyMs` while the page is looked at (`null`: not by the clock), and whenever somebody comes back to it. */
export const useRefresh = (refresh: () => void, everyMs: number | null): void => {
  const onTime = useEffectEvent(refresh)
  useEffect(() => {
    const whenVisible = (): void => {
      if (document.visibilityState === 'visible') onTime()
    }
    const timer = everyMs === null ? undefined : setInterval(whenVisible, everyMs)
    document.addEventListener('visibilitychange', whenVisible)
    window.addEventListener('online', whenVisible)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', whenVisible)
      window.removeEventListener('online', whenVisible)
    }
  }, [everyMs])
}
