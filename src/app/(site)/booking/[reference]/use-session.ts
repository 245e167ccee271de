'use client'

import { useEffect, useState } from 'react'
import { getSession, type Managed } from '../../_lib/api'
import type { Session } from '../../_lib/api-types'
import { useQuery, type QueryResult } from '../../_lib/use-query'
import { useRefresh } from '../../_lib/use-refresh'

/** How the visitor came back from the payment page, if they did. */
export type CheckoutReturn = 'success' | 'cancelled' | null

const soonMs = 1_500
const laterMs = 6_000
const idleMs = 30_000
/** The webhook of a card payment comes within seconds; after this it is one of the slow ways to pay. */
const impatientAfterMs = 25_000

const waiting = new Set<Session['status']>(['pending_payment', 'pending_confirmation'])

/** A session, read again while something about it is about to change. */
export const useSession = (
  managed: Managed | undefined,
  checkout: CheckoutReturn,
): QueryResult<Session> & { isPaymentSlow: boolean } => {
  const result = useQuery({
    key: managed ? `session:${managed.reference}:${managed.token ?? ''}` : null,
    load: () => getSession(managed ?? { reference: '', token: undefined }),
    maxAgeMs: 0,
  })
  const status = result.data?.status
  const isPaying = checkout === 'success' && status === 'pending_payment'
  const [isPaymentSlow, setIsPaymentSlow] = useState(false)

  useEffect(() => {
    if (!isPaying) return
    const timer = setTimeout(() => setIsPaymentSlow(true), impatientAfterMs)
    return () => clearTimeout(timer)
  }, [isPaying])

  const pollMs =
    status === undefined ? null : isPaying ? (isPaymentSlow ? laterMs : soonMs) : waiting.has(status) ? laterMs : idleMs
  useRefresh(result.reload, pollMs)
  return { ...result, isPaymentSlow }
}
