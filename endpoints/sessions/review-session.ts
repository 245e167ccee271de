import { z } from 'zod'
import { reviewSession } from '#reviews/review-session'
import { paragraph } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { findSessionFor } from '../support/find-record'
import { dateTime, referenceParams, tokenQuery } from '../support/schemas'

const stars = z.int().min(1).max(5)

const aspects = z.strictObject({
  professionalism: stars.optional(),
  expertise: stars.optional(),
  communication: stars.optional(),
  valueForMoney: stars.optional(),
})

const body = z
  .strictObject({
    rating: stars,
    reviewText: paragraph(5_000).optional(),
    aspects: aspects.optional(),
    npsScore: z.int().min(0).max(10).optional().describe('How likely they are to recommend'),
    problemResolved: z.boolean().optional(),
  })
  .meta({ id: 'ReviewInput' })

const reviewAnswer = z
  .object({
    rating: z.int(),
    reviewText: z.string().nullable(),
    aspects: z.record(z.string(), z.int()).describe('Those that were rated'),
    npsScore: z.int().nullable(),
    problemResolved: z.boolean().nullable(),
    customerName: z.string().describe('As it is shown'),
    createdAt: dateTime,
  })
  .meta({ id: 'Review' })

export const reviewSessionEndpoint = defineCommand({
  method: 'post',
  path: '/booking/sessions/:reference/review',
  operationId: 'reviewSession',
  tag: 'Book',
  summary: 'Review a completed session',
  description: 'By its customer, once.',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  body,
  answers: { 201: { description: 'Thank you', schema: z.object({ review: reviewAnswer }) } },
  refusals: ['forbidden', 'not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    const created = await reviewSession(req, { sessionId: session.id, actor, review: body })
    return {
      answer: json(
        {
          review: {
            rating: created.rating,
            reviewText: created.reviewText ?? null,
            aspects: Object.fromEntries(
              Object.entries(created.aspects ?? {}).filter(([, value]) => typeof value === 'number'),
            ),
            npsScore: created.npsScore ?? null,
            problemResolved: created.problemResolved ?? null,
            customerName: created.authorName?.split(' ')[0] ?? '',
            createdAt: created.createdAt,
          },
        },
        { status: 201 },
      ),
    }
  },
})
