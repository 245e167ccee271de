import type { RequestSnapshot, SessionSnapshot } from '../message-parts'

/** What messages take over from a session; the rows of the booking queries have it all. */
export type SessionSource = {
  id: string
  reference: string
  sequence: number
  startsAt: number
  endsAt: number
  amount: number
  currency: string
  serviceTypeName: string
  consultantName: string
  customerName: string
}

/** A session as messages speak of it. Instants are epoch milliseconds. */
export const snapshotSession = (session: SessionSource): SessionSnapshot => ({
  id: session.id,
  reference: session.reference,
  sequence: session.sequence,
  startsAt: session.startsAt,
  endsAt: session.endsAt,
  serviceName: session.serviceTypeName,
  consultantName: session.consultantName,
  customerName: session.customerName,
  price: session.amount > 0 ? { amount: session.amount, currency: session.currency } : null,
})

/** What messages take over from a consultation request. */
export type RequestSource = {
  id: string
  reference: string
  serviceTypeName: string
  customerName: string
  consultantName: string | null
  problemTitle: string | null
  problemDescription: string
  proposedTimes: readonly number[]
  expiresAt: number | null
}

/** A request as messages speak of it. Of the problem only the beginning: the rest is read where one is logged in. */
export const snapshotRequest = (request: RequestSource): RequestSnapshot => ({
  id: request.id,
  reference: request.reference,
  serviceName: request.serviceTypeName,
  customerName: request.customerName,
  consultantName: request.consultantName,
  problem: (request.problemTitle || request.problemDescription).slice(0, 500),
  proposedTimes: [...request.proposedTimes],
  expiresAt: request.expiresAt,
})
