import type { PayloadRequest } from 'payload'
import { bySlugOrId } from '#availability/offers/offer-queries'
import { toQuestions } from '#availability/offers/to-questions'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { createReference, deriveToken } from '#shared/ids'
import type { IntakeQuestion } from '#shared/intake-question'
import { actAs, inOwnContext } from '#access/act-as'
import { decideAnswers } from '#sessions/create/decide-answers'
import { type CustomerInput, findOrCreateCustomer } from '#accounts/customer-queries'
import { requireOffer } from '../request-offers'
import { requireRequest, type RequestRow } from '../request-queries'
import { isoOrNull } from '#shared/time'

export type RequestInput = {
  /** Slugs or ids. */
  serviceType: string
  preferredConsultant?: string | undefined
  /** Epoch milliseconds; either may be left open. */
  preferredStart?: number | undefined
  preferredEnd?: number | undefined
  customer: CustomerInput
  company?: string | undefined
  problem: {
    title?: string | undefined
    description: string
    category?: string | undefined
    urgency?: 'asap' | 'today' | 'this_week' | undefined
  }
  answers?: Record<string, string | number | boolean> | undefined
}

const findServiceType = async (
  req: PayloadRequest,
  key: string,
): Promise<{ id: string; questions: IntakeQuestion[] }> => {
  const { docs } = await req.payload.find({
    collection: 'service-types',
    where: { and: [bySlugOrId(key), { isActive: { equals: true } }] },
    limit: 1,
    depth: 0,
    pagination: false,
    select: { intakeQuestions: true },
    req,
  })
  const [found] = docs
  if (found) return { id: found.id, questions: toQuestions(found) }
  const message = 'There is no such service type, or it is not offered.'
  throw new DomainError('not_found', message, { errors: [{ path: 'serviceType', message }] })
}

/**
 * Takes a request for help before a time is fixed: it goes to the preferred consultant, else to one who fits, else to operations.
 * Call it inside a transaction.
 * @throws DomainError `invalid_request`, `not_found`, `forbidden` for a suspended customer.
 */
export const createRequest = async (
  req: PayloadRequest,
  input: RequestInput,
  actor: Actor,
): Promise<{ request: RequestRow; manageToken: string }> => {
  const { id: serviceType, questions } = await findServiceType(req, input.serviceType)
  // Who asks for help need not fill in a whole booking form; what they do answer has to fit.
  const optional = questions.map((question) => ({ ...question, required: false }))
  const refusal = decideAnswers(optional, input.answers)
  if (refusal) throw refusal
  const preferred =
    input.preferredConsultant === undefined
      ? null
      : await requireOffer(
          req,
          { consultant: input.preferredConsultant, serviceType },
          { path: 'preferredConsultant', now: Date.now() },
        )
  const customer = await findOrCreateCustomer(req, input.customer, actor)
  const { id } = await req.payload.create({
    collection: 'consultation-requests',
    data: {
      reference: createReference('RQ'),
      requester: customer.id,
      company: input.company ?? null,
      serviceType,
      preferredConsultant: preferred?.consultantId ?? null,
      preferredStart: isoOrNull(input.preferredStart),
      preferredEnd: isoOrNull(input.preferredEnd),
      problemTitle: input.problem.title ?? null,
      problemDescription: input.problem.description,
      problemCategory: input.problem.category ?? null,
      urgency: input.problem.urgency ?? 'this_week',
      answers: input.answers ?? null,
      status: 'pending',
      timeZone: input.customer.timeZone,
      language: input.customer.language ?? 'en',
    },
    draft: false,
    depth: 0,
    select: { status: true },
    context: actAs(actor.id === null ? { ...actor, id: customer.id } : actor),
    req: inOwnContext(req),
  })
  const request = await requireRequest(req, id)
  return { request, manageToken: deriveToken(settings.payloadSecret, 'request-manage', request.reference) }
}
