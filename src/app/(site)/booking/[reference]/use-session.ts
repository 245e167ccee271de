'use client'

import { useEffect, useState } from 'react'
import { sessionRow } from '#sessions/session-states'
import { getSession, refreshPayment, type Managed } from '../../_lib/api'
import type { Session } from '../../_lib/api-types'
import { useQuery, type QueryResult } from '../../_lib/use-query'
import { useRefresh } from '../../_lib/use-refresh'

/** How the visitor came back from the payment page, if they did. */
export type CheckoutReturn = 'success' | 'cancelled' | null

const soonMs = 2_000
const laterMs = 6_000
const idleMs = 30_000
/** The webhook of a card payment comes within seconds; after this it is one of the slow ways to pay. */
const impatientAfterMs = 25_000

/** Whether the customer came back from paying, and it is not known yet that they did. */
export const isPaymentUnconfirmed = (session: Session, checkout: CheckoutReturn): boolean =>
  checkout === 'success' && session.actions.includes('pay')

const read = async (managed: Managed, checkout: CheckoutReturn): Promise<Session> => {
  const session = await getSession(managed)
  if (!isPaymentUnconfirmed(session, checkout)) return session
  // If the provider does not answer, its own call will tell us all the same.
  return refreshPayment(managed).catch(() => session)
}

const pollMs = (now: { session: Session; isPaying: boolean; isPaymentSlow: boolean }): number => {
  if (now.isPaying) return now.isPaymentSlow ? laterMs : soonMs
  const { status, payment } = now.session
  const { phase } = sessionRow(status)
  const isRefundUnderWay = phase === 'called_off' && payment?.status === 'succeeded'
  return phase === 'waiting' || isRefundUnderWay ? laterMs : idleMs
}

/** A session, read again while something about it is about to change. */
export const useSession = (
  managed: Managed | undefined,
  checkout: CheckoutReturn,
): QueryResult<Session> & { isPaymentSlow: boolean } => {
  const result = useQuery({
    key: managed ? `session:${managed.reference}:${managed.token ?? ''}` : null,
    load: () => read(managed ?? { reference: '', token: undefined }, checkout),
    maxAgeMs: 0,
  })
  const session = result.data
  const isPaying = session !== undefined && isPaymentUnconfirmed(session, checkout)
  const [isPaymentSlow, setIsPaymentSlow] = useState(false)

  useEffect(() => {
    if (!isPaying) return
    const timer = setTimeout(() => setIsPaymentSlow(true), impatientAfterMs)
    return () => clearTimeout(timer)
  }, [isPaying])

  useRefresh(result.reload, session ? pollMs({ session, isPaying, isPaymentSlow }) : null)
  return { ...result, isPaymentSlow }
}
