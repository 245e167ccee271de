import type { CustomerInput } from '#accounts/customer-queries'
import type { SessionState } from '../session-states'

export type BookingInput = {
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
  successUrl?: string | undefined
  cancelUrl?: string | undefined
  requestId?: string | undefined
  /** A calendar of the consultant has just said that they are busy then. */
  isBusyElsewhere?: boolean | undefined
}

export type Booked = {
  sessionId: string
  reference: string
  manageToken: string
  status: SessionState
  paymentId: string | null
}
