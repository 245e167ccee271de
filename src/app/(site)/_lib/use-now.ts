'use client'

import { useEffect, useState } from 'react'
import { serverNow } from './clock'

/** The server's time in epoch milliseconds, renewed every `everyMs`. `undefined` on the server and while hydrating. */
export const useNow = (everyMs: number): number | undefined => {
  const [now, setNow] = useState<number>()
  useEffect(() => {
    const tick = (): void => setNow(serverNow())
    tick()
    const timer = setInterval(tick, everyMs)
    // Background tabs are throttled: without this, somebody who comes back sees an old countdown first.
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [everyMs])
  return now
}
