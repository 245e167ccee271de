import type { CustomerInput } from '#accounts/customer-queries'
import type { SessionState } from '../session-states'
import type { Charge } from './charge-kinds'

/** Where the payment page sends somebody back to; our own page unless it is named. */
export type CheckoutUrls = { successUrl?: string | undefined; cancelUrl?: string | undefined }

/** What somebody books: a hold, or a time of a consultant, for one customer. Instants are epoch milliseconds. */
export type SessionOrder = CheckoutUrls & {
  holdToken?: string | undefined
  consultant?: string | undefined
  serviceType?: string | undefined
  start?: number | undefined
  durationMinutes?: number | undefined
  customer: CustomerInput
  problem?:
    | {
        title?: string | undefined
        description: string
        category?: string | undefined
        urgency?: 'asap' | 'today' | 'this_week' | undefined
      }
    | undefined
  answers?: Record<string, string | number | boolean> | undefined
  notes?: string | undefined
  /** Of the session, by key, as operations have defined them. */
  attributes?: Readonly<Record<string, unknown>> | undefined
  requestId?: string | undefined
  /** A calendar of the consultant has just said that they are busy then. */
  isBusyElsewhere?: boolean | undefined
  /** Staff say how the customer is charged, and why a time is taken that is not offered. */
  charge?: Charge | undefined
  chargeReason?: string | undefined
  chargeReference?: string | undefined
  outsideOfferedTimes?: { reason: string } | undefined
  /** Fields that an installation has added to sessions, by name. */
  added?: Readonly<Record<string, unknown>> | undefined
}

export type Booked = {
  sessionId: string
  reference: string
  manageToken: string
  status: SessionState
  paymentId: string | null
  /** The payment is still to be made. */
  isToPay: boolean
}
