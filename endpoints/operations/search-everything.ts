import { z } from 'zod'
import { shortestWord } from '#desk/search/read-search-terms'
import { searchEverything } from '#desk/search/search-everything'
import { mostFoundOfEach, searchedCollections } from '#desk/search/search-queries'
import { line } from '#shared/input'
import { isoOrNull } from '#shared/time'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { dateTime } from '../support/schemas'
import { requireStaff } from './require-staff'

const found = z
  .object({
    id: z.string(),
    title: z.string().describe('A name or a number'),
    note: z.string().nullable().describe('What tells it from others: an address, whose it is'),
    status: z.string().nullable(),
    at: dateTime.nullable().describe('When it takes place'),
  })
  .meta({ id: 'FoundRecord' })

export const searchEverythingEndpoint = defineEndpoint({
  method: 'get',
  path: '/operations/search',
  operationId: 'searchEverything',
  tag: 'Operations',
  summary: 'People, bookings, requests and money by whatever is known of them',
  description: `For staff. Parts of names, addresses and telephone numbers (from ${shortestWord} characters on, accents and case aside); references, numbers of invoices and ids of providers as a whole. At most ${mostFoundOfEach} of each kind: what is called so first, sessions that come next before those that are over.`,
  security: 'login',
  query: z.object({ q: line(200).describe('What is looked for') }),
  answers: {
    200: {
      description: 'What was found, by kind',
      schema: z.object({
        groups: z.array(z.object({ collection: z.enum(searchedCollections), records: z.array(found) })),
      }),
    },
  },
  refusals: ['unauthenticated', 'forbidden'],
  limit: 'change',
  handle: async ({ req, caller, query: { q } }) => {
    requireStaff(req, caller)
    const groups = await searchEverything(req, q)
    return json({
      groups: groups.map(({ collection, records }) => ({
        collection,
        records: records.map(({ id, title, note, status, at }) => ({ id, title, note, status, at: isoOrNull(at) })),
      })),
    })
  },
})
