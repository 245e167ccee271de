import type { Payload } from 'payload'
import type { ConsultantProfile, ConsultationRequest } from '#payload-types'
import { connectTo, type TestDatabase } from '../../support/database'
import { createUser, guest } from '../../support/fixtures'
import type { RestAnswer, RestClient } from '../../support/rest-client'

export type Staff = Record<'admin' | 'operations', RestClient>

/** Clients of the two staff roles. */
export const createStaff = async (payload: Payload, api: RestClient): Promise<Staff> => ({
  admin: await api.as(await createUser(payload, ['admin'])),
  operations: await api.as(await createUser(payload, ['operations'])),
})

/** Publishes a consultant's free times at once, as the worker would. */
export const publish = async (payload: Payload, ...profiles: ConsultantProfile[]): Promise<void> => {
  const { publishSlots } = await import('#directory/published-slots/publish-slots')
  for (const { id } of profiles) await publishSlots(payload, id)
}

export type Asked = {
  answer: RestAnswer
  reference: string
  url: string
  token: { Authorization: string }
  email: string
}

/** Asks as a guest. */
export const ask = async (
  api: RestClient,
  body: { serviceType: string | null | undefined } & Record<string, unknown>,
): Promise<Asked> => {
  const customer = guest()
  const answer = await api.post('/booking/requests', {
    customer,
    problem: { title: 'Pricing', description: 'How do I price this?' },
    ...body,
  })
  const reference = String(answer.json?.request?.reference)
  return {
    answer,
    reference,
    url: `/booking/requests/${reference}`,
    token: { Authorization: `Bearer ${String(answer.json?.manageToken)}` },
    email: customer.email,
  }
}

/** The stored record. */
export const stored = async (payload: Payload, reference: string): Promise<ConsultationRequest> => {
  const { docs } = await payload.find({
    collection: 'consultation-requests',
    where: { reference: { equals: reference } },
    depth: 0,
    limit: 1,
    showHiddenFields: true,
  })
  const [request] = docs
  if (!request) throw new Error(`There is no request ${reference}.`)
  return request
}

/** `from → to (role)` of every line of the history. */
export const historyOf = (request: ConsultationRequest): string[] =>
  (request.statusHistory ?? []).map(({ from, to, actorRole }) => `${from ?? 'new'} → ${to} (${actorRole ?? '?'})`)

/** What `follow-request` was told about a request, in order. */
export const eventsOf = async (database: TestDatabase, requestId: string): Promise<string[]> => {
  const client = await connectTo(database)
  const { rows } = await client.query<{ event: string }>(
    `SELECT facts->>'event' AS event FROM parley.errands
      WHERE task = 'follow-request' AND facts->>'requestId' = $1 ORDER BY happened_at, id`,
    [requestId],
  )
  return rows.map(({ event }) => event)
}
