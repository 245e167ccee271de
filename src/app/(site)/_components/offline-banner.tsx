'use client'

import { useSyncExternalStore } from 'react'

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** The live region is always there, so that its text is announced when it comes. */
export const OfflineBanner = ({ text }: { text: string }) => {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  return (
    <div role="status" className="offline-banner">
      {isOnline ? null : <p>{text}</p>}
    </div>
  )
}
