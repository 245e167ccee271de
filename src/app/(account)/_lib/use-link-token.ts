'use client'

import { useSyncExternalStore } from 'react'

const onChange = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** The token of a mailed link. It stands behind `#`, so no server sees it but by the button. Empty when there is none; `undefined` while hydrating. */
export const useLinkToken = (): string | undefined =>
  useSyncExternalStore(
    onChange,
    () => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '',
    () => undefined,
  )
