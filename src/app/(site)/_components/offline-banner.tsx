'use client'

import { useSyncExternalStore } from 'react'
import { useTexts } from '../_lib/use-texts'

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** The live region is always there, so that its text is announced when it comes. */
export const OfflineBanner = () => {
  const { messages } = useTexts()
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  return (
    <div role="status" className="offline-banner">
      {isOnline ? null : <p>{messages.common.offline}</p>}
    </div>
  )
}
