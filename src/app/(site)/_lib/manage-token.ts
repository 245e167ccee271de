import { readStored, writeStored } from './browser-store'
import { manageFragment } from './manage-address'

/**
 * The token that opens a booking or request without a login.
 *
 * It stays in the address, because that address is the link of the mails: it must survive a reload, a bookmark and a copy to another
 * device. There it stands in the fragment (`#token=…`), which browsers keep to themselves; calls of the API carry it in the
 * `Authorization` header.
 * The tab also remembers it: the address that the payment page leads back to has no token, as Stripe keeps it.
 */
const keyOf = (reference: string): string => `parley.token.${reference}`
const isToken = (value: unknown): value is string => typeof value === 'string' && value.length > 0

/** For as long as the page lives, where the browser stores nothing. */
const known = new Map<string, string>()

export const rememberToken = (reference: string, token: string): void => {
  known.set(reference, token)
  writeStored('sessionStorage', keyOf(reference), token)
}

export const recallToken = (reference: string): string | undefined =>
  readStored('sessionStorage', keyOf(reference), isToken) ?? known.get(reference)

const proofKeyOf = (reference: string): string => `parley.mail.${reference}`

/** What shows that a mail has arrived leaves the address at once; the button that needs it may be pressed later. */
export const rememberProof = (reference: string, mail: string): void => {
  known.set(proofKeyOf(reference), mail)
  writeStored('sessionStorage', proofKeyOf(reference), mail)
}

export const recallProof = (reference: string): string | undefined =>
  readStored('sessionStorage', proofKeyOf(reference), isToken) ?? known.get(proofKeyOf(reference))

export const bookingUrl = (reference: string, token: string): string =>
  `/booking/${encodeURIComponent(reference)}${manageFragment(token)}`

export const requestUrl = (reference: string, token: string): string =>
  `/requests/${encodeURIComponent(reference)}${manageFragment(token)}`
