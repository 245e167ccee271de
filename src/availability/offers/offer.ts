import type { ServiceType } from '#payload-types'
import type { IntakeQuestion } from '#shared/intake-question'
import type { AvailabilityRules } from '../types'
import type { EmailConfirmation } from './email-confirmations'

/** The parts of a cancellation policy that a service type or a consultant sets; the rest comes from the next wider one. */
export type PolicyOverride = {
  refundableBeforeHours?: number | null
  refundPercentage?: number | null
  lateRefundPercentage?: number | null
}

/** What one consultant sells as one service type: everything that decides which times exist and what they cost. */
export type Offer = {
  consultantId: string
  consultantSlug: string
  consultantName: string
  serviceTypeId: string
  serviceTypeSlug: string
  serviceTypeName: string
  /** Changes whenever anything here does. */
  version: string
  rules: AvailabilityRules
  /** Offered lengths in minutes, ascending. */
  durations: readonly number[]
  defaultDurationMinutes: number
  /** Price per duration, minor units. */
  prices: ReadonlyMap<number, { amount: number; currency: string }>
  requiresConfirmation: boolean
  confirmsEmail: EmailConfirmation
  questions: readonly IntakeQuestion[]
  /** Most specific first: the service type's, then the consultant's. */
  policies: readonly PolicyOverride[]
  meetingProvider: NonNullable<ServiceType['meetingProvider']> | null
  /** The consultant's own fixed room. */
  meetingUrl: string | null
  bufferBeforeMinutes: number
  bufferAfterMinutes: number
  minBookingNoticeHours: number
  maxAdvanceBookingDays: number
}
