import { readStored, writeStored } from './browser-store'

/**
 * The token that opens a booking or request without a login.
 *
 * It stays in the address (`?token=…`), because that address is the link of the mails: it must survive a reload, a bookmark and
 * a copy to another device. What keeps it from leaking: every page is sent with `referrer: no-referrer`, these pages load
 * nothing from other hosts, they are not indexed, and calls of the API carry it in the `Authorization` header.
 * The tab also remembers it: the address that the payment page leads back to has no token, as Stripe keeps it.
 */
const keyOf = (reference: string): string => `parley.token.${reference}`
const isToken = (value: unknown): value is string => typeof value === 'string' && value.length > 0

export const rememberToken = (reference: string, token: string): void =>
  writeStored('sessionStorage', keyOf(reference), token)

export const recallToken = (reference: string): string | undefined =>
  readStored('sessionStorage', keyOf(reference), isToken)

export const bookingUrl = (reference: string, token: string): string =>
  `/booking/${encodeURIComponent(reference)}?token=${encodeURIComponent(token)}`

export const requestUrl = (reference: string, token: string): string =>
  `/requests/${encodeURIComponent(reference)}?token=${encodeURIComponent(token)}`
