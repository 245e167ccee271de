import { settings } from '#settings'

/** Where a consultant sees their payouts; staff, those of the consultant whom they name. */
export const payoutsPage = (consultantId?: string): string =>
  `${settings.serverUrl}/admin/payouts${consultantId === undefined ? '' : `?consultant=${consultantId}`}`

/** Where Stripe sends a visitor whose link was used or is too old. */
export const refreshUrl = (consultantId: string): string =>
  `${settings.serverUrl}/api/payments/connect/refresh?consultant=${consultantId}`

/** Where Stripe sends a visitor who is done, or gave up. */
export const returnUrl = (consultantId?: string): string =>
  `${settings.serverUrl}/api/payments/connect/return${consultantId === undefined ? '' : `?consultant=${consultantId}`}`
