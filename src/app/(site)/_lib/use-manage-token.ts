'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'
import type { Managed } from './api'
import { recallToken, rememberToken } from './manage-token'

const neverChanges = (): (() => void) => () => undefined

/** Which record this page manages: its token from the address, else the one that this tab remembers. `undefined` while hydrating. */
export const useManaged = (reference: string): Managed | undefined => {
  const inAddress = useSearchParams().get('token') ?? undefined
  const isInBrowser = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  )
  useEffect(() => {
    if (inAddress) rememberToken(reference, inAddress)
  }, [reference, inAddress])
  return isInBrowser ? { reference, token: inAddress ?? recallToken(reference) } : undefined
}
