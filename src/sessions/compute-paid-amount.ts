import { collectedPayments } from '#payments/payment-states'
import { isOneOf } from '#shared/state-table'
import type { SessionRow } from './session-queries'

/** What was really collected for a session so far, minor units; an authorised card is not charged. */
export const paidAmountOf = (session: Pick<SessionRow, 'paymentStatus' | 'paymentAmount'>): number =>
  isOneOf(collectedPayments, session.paymentStatus) ? session.paymentAmount : 0
