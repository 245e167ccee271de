'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'
import { confirmAddress, type Managed } from './api'
import { readManageAddress } from './manage-address'
import { recallProof, recallToken, rememberProof, rememberToken } from './manage-token'

const onChange = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/**
 * Which record this page manages, and which part of it is meant: its token from the address, else the one that this tab remembers.
 * `undefined` while hydrating. A token in the query, as mails had it once, goes into the fragment at once; that a mail has arrived is said once.
 */
export const useManaged = (
  reference: string,
): (Managed & { view: string | undefined; mail: string | undefined }) | undefined => {
  // The router tells of every change but that of the fragment.
  useSearchParams()
  const address = useSyncExternalStore(
    onChange,
    () => `${window.location.search}${window.location.hash}`,
    () => undefined,
  )
  const said = address === undefined ? undefined : readManageAddress(new URL(address, 'http://localhost'))
  const token = said?.token
  const mail = said?.mail
  const better = said?.better
  useEffect(() => {
    if (token) rememberToken(reference, token)
  }, [reference, token])
  useEffect(() => {
    if (!mail) return
    rememberProof(reference, mail)
    // Nobody waits for it, and the next mail has another one.
    confirmAddress({ reference, mail }).catch(() => undefined)
  }, [reference, mail])
  useEffect(() => {
    if (better !== undefined) window.history.replaceState(null, '', `${window.location.pathname}${better}`)
  }, [better])
  return said
    ? { reference, token: token ?? recallToken(reference), view: said.view, mail: mail ?? recallProof(reference) }
    : undefined
}
