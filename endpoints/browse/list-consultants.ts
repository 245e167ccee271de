import { z } from 'zod'
import { consultantSorts, searchConsultants } from '#directory/consultant-search-queries'
import { readFromReplica } from '#database/replica'
import { maxSearchDays, publishedDays, toSearchWindow } from '#directory/published-slots/search-window'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { instant, line, queryInteger, slugOrId } from '#shared/input'
import { supportedCurrencies } from '#shared/money'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { catalogueSharing } from '../support/share-answer'
import { presentConsultantCard, shownAttributes } from './present-browse'
import { consultantCardAnswer } from './schemas'

const query = z
  .strictObject({
    q: line(200).optional().describe('Words that must all occur in name, headline, specialties or biography'),
    specialty: line(200).optional(),
    language: line(100).optional(),
    serviceType: slugOrId.optional().describe('Slug or id; price and free time are then those of this service type'),
    maxPrice: queryInteger(0, 999_999_999)
      .optional()
      .describe('In the smallest unit of the currency, for the length that is offered first'),
    currency: z.enum(supportedCurrencies).optional().describe('Only prices in this currency'),
    availableFrom: instant
      .optional()
      .describe('With a free time that lies completely after this instant (now, where it is left out or has passed) …'),
    availableTo: instant
      .optional()
      .describe(
        `… and before this one, at most ${maxSearchDays} days after it; left out, as far as free time is published: ${publishedDays} days ahead`,
      ),
    sort: z.enum(consultantSorts).default('relevance'),
    page: queryInteger(1, 100_000).default(1).meta({ default: 1 }),
    limit: queryInteger(1, 100).default(20).meta({ default: 20 }),
  })
  .superRefine(({ availableFrom, availableTo }, context) => {
    if (availableFrom !== undefined && availableTo !== undefined && availableTo <= availableFrom) {
      context.addIssue({ code: 'custom', path: ['availableTo'], message: 'must be after availableFrom' })
    }
  })

export const listConsultantsEndpoint = defineEndpoint({
  method: 'get',
  path: '/booking/consultants',
  operationId: 'listConsultants',
  tag: 'Browse',
  summary: 'Search for consultants',
  description: `Who fits all that is asked for. \`availableFrom\` and \`availableTo\` ask for published free time: of the length that each service type offers first (its default, or with \`serviceType\` that one's), and as far ahead as the consultant can be booked, at most ${publishedDays} days. \`nextAvailableAt\` is the first of it. It follows every booking within moments; what \`GET /booking/slots\` lists is what can be booked, in every length.`,
  query,
  answers: {
    200: {
      description: 'One page',
      schema: z.object({
        docs: z.array(consultantCardAnswer),
        totalDocs: z.int(),
        page: z.int(),
        totalPages: z.int(),
        hasNextPage: z.boolean(),
      }),
    },
  },
  refusals: [],
  limit: 'browse',
  sharing: catalogueSharing,
  handle: async ({ req, query }) => {
    const { availableFrom, availableTo, ...search } = query
    const now = Date.now()
    const available = toSearchWindow({ from: availableFrom, to: availableTo }, now)
    if (available && 'fault' in available) {
      throw new DomainError('invalid_request', `The query is not valid: availableTo ${available.fault}.`, {
        errors: [{ path: 'availableTo', message: available.fault }],
      })
    }
    const { rows, total, attributes } = await readFromReplica(req, async (reading) => ({
      ...(await searchConsultants(reading, { ...search, available, now })),
      attributes: await shownAttributes(reading),
    }))
    const totalPages = Math.max(1, Math.ceil(total / query.limit))
    return json({
      docs: rows.map((row) => presentConsultantCard(row, { attributes, serverUrl: settings.serverUrl })),
      totalDocs: total,
      page: query.page,
      totalPages,
      hasNextPage: query.page < totalPages,
    })
  },
})
