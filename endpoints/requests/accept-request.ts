import { z } from 'zod'
import { acceptRequest } from '#requests/accept-request'
import { requireSession } from '#sessions/session-queries'
import type { Actor } from '#shared/actor'
import { instant } from '#shared/input'
import { presentBooked, presentPaidBooking } from '../sessions/create-session'
import { pickAddedInputs, withAddedInputs } from '../support/added-schemas'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import {
  attributesInput,
  referenceParams,
  requestAnswer,
  sessionCreated,
  staffTerms,
  tokenQuery,
} from '../support/schemas'
import { returnAddress } from '../support/return-address'
import { findRequestFor } from './find-request'
import { viewRequest } from './view-request'

/** The answer is the customer's, who gets the token of the session with it. */
const customer: Actor = { role: 'customer', id: null }

const acceptInput = z.strictObject({
  ...staffTerms,
  start: instant,
  attributes: attributesInput.optional().describe('Of the session'),
  successUrl: returnAddress.optional(),
  cancelUrl: returnAddress.optional(),
})

export const acceptRequestEndpoint = defineCommand({
  method: 'post',
  path: '/booking/requests/:reference/accept',
  operationId: 'acceptRequest',
  tag: 'Requests',
  summary: 'Take one of the proposed times',
  description:
    'A session comes of it, as if the time had been booked: at once when it is free, otherwise once `payment.checkoutUrl` is paid. When somebody else took the time meanwhile (`slot_taken`), the request stays open.',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  body: z.lazy(() => withAddedInputs(acceptInput)),
  answers: { 201: { description: 'Booked', schema: sessionCreated.extend({ request: requestAnswer }) } },
  refusals: ['forbidden', 'not_found', 'slot_taken', 'slot_not_offered', 'illegal_transition', 'provider_failed'],
  limit: 'book',
  handle: async ({ req, caller, params, body }) => {
    const { request, actor } = await findRequestFor(req, caller, params.reference)
    const booked = await acceptRequest(req, {
      requestId: request.id,
      ...body,
      added: pickAddedInputs(body),
      actor,
    })
    if (booked.isToPay) return { subject: booked.sessionId }
    const session = await presentBooked(req, booked.sessionId)
    const view = await viewRequest(req, request.id, customer)
    return { answer: json({ ...session, payment: null, request: view }, { status: 201 }) }
  },
  finish: async ({ req, subject }) => {
    const { requestId } = await requireSession(req, subject)
    if (requestId === null) throw new Error(`Session ${subject} came of no request.`)
    const booked = await presentPaidBooking(req, subject)
    return json({ ...booked, request: await viewRequest(req, requestId, customer) }, { status: 201 })
  },
})
