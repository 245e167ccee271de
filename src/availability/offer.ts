import type { AvailabilityRules } from './types'

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
  bufferBeforeMinutes: number
  bufferAfterMinutes: number
  minBookingNoticeHours: number
  maxAdvanceBookingDays: number
}
