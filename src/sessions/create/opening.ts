import type { PayloadRequest } from 'payload'
import type { Claimant } from '#availability/bounds/claimant'
import type { Offer } from '#availability/offers/offer'
import type { Placement } from './place-session'
import type { CheckoutUrls } from './session-order'

/** The customer of a new session, as far as it concerns the session. */
export type BookedCustomer = {
  id: string
  email: string
  timeZone: string | null
  language: string | null
  /** They have booked themselves, with their login. */
  isLogin: boolean
  /** Their address was shown to be theirs. */
  isKnown: boolean
}

/** What a command has found out before the session's document is made; what comes in through a form has none of it. */
export type Opening = { sessionId: string; placement: Placement; customer: BookedCustomer; urls: CheckoutUrls }

/** What the gate leaves for what follows the write: all that the document itself does not say. */
export type Prepared = {
  offer: Offer
  customer: BookedCustomer
  urls: CheckoutUrls
  claimant: Claimant
  /** The claim names its session already. */
  isAttached: boolean
  /** Who made it; the claim of a hold and a payment made elsewhere ask. */
  now: number
}

type Notes = { opening?: Opening; prepared: Map<string, Prepared> }

/**
 * By an object in the context of the request: Payload copies the context whenever it pleases, but not what is in it, and nobody outside can
 * make such an object.
 */
const notes = new WeakMap<object, Notes>()
const key = 'newSessions'

const notesOf = (req: PayloadRequest): Notes => {
  const left: unknown = req.context[key]
  const known = typeof left === 'object' && left !== null ? notes.get(left) : undefined
  if (known) return known
  const token = {}
  const fresh: Notes = { prepared: new Map() }
  notes.set(token, fresh)
  req.context[key] = token
  return fresh
}

/** @param req with a context of its own (`inOwnContext`): the next session of the same request has another opening. */
export const leaveOpening = (req: PayloadRequest, opening: Opening): void => {
  Reflect.deleteProperty(req.context, key)
  notesOf(req).opening = opening
}

/** Once: another session that something makes in the same request has none. */
export const takeOpening = (req: PayloadRequest): Opening | undefined => {
  const left = notesOf(req)
  const { opening } = left
  delete left.opening
  return opening
}

export const leavePrepared = (req: PayloadRequest, slotId: string, facts: Prepared): void => {
  notesOf(req).prepared.set(slotId, facts)
}

/** @throws when the session did not come through its gate. */
export const takePrepared = (req: PayloadRequest, slotId: string): Prepared => {
  const { prepared } = notesOf(req)
  const facts = prepared.get(slotId)
  if (!facts) throw new Error('The session was not prepared by its gate.')
  prepared.delete(slotId)
  return facts
}
