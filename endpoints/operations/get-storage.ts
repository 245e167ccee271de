import { z } from 'zod'
import { readStorage } from '#desk/storage/read-storage'
import { isoOrNull } from '#shared/time'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { dateTime } from '../support/schemas'
import { requireStaff } from './require-staff'

const bytes = z.number().describe('Bytes')
const estimate = z.number().describe('As PostgreSQL estimates it')

const group = z
  .object({
    name: z.string(),
    label: z.string(),
    rows: estimate.nullable().describe('As PostgreSQL estimates it; null: it has not looked yet'),
    bytes: bytes.describe('Bytes, indexes and what lies outside of rows among them'),
    indexBytes: bytes,
    deadRows: estimate.describe('Deleted or written anew, and not vacuumed yet'),
    recentRows: estimate.nullable().describe('Came in the last 30 days'),
    recentBytes: bytes.nullable(),
    oldestAt: dateTime.nullable(),
    bytesPerBooking: bytes.nullable(),
    kept: z.object({
      days: z.int().nullable().describe('After how many days it is removed; null: not by a setting'),
      part: z.string().nullable().describe('What alone the days are for; null: for all of it'),
      isSetting: z.boolean(),
      text: z.string(),
    }),
  })
  .meta({ id: 'StorageGroup' })

export const getStorageEndpoint = defineEndpoint({
  method: 'get',
  path: '/operations/storage',
  operationId: 'getOperationsStorage',
  tag: 'Operations',
  summary: 'What the database takes, by what it holds',
  description:
    'For staff. Sizes, estimated rows, growth and for how long it is kept, the heaviest first. Nothing large is counted: it is as fast on a large database.',
  security: 'login',
  answers: {
    200: {
      description: 'What it takes',
      schema: z.object({
        databaseBytes: bytes,
        bookings: estimate,
        bytesPerBooking: bytes.nullable(),
        groups: z.array(group),
      }),
    },
  },
  refusals: ['unauthenticated', 'forbidden'],
  limit: 'change',
  handle: async ({ req, caller }) => {
    requireStaff(req, caller)
    const { groups, ...whole } = await readStorage(req)
    return json({
      ...whole,
      groups: groups.map(({ oldestAt, ...facts }) => ({ ...facts, oldestAt: isoOrNull(oldestAt) })),
    })
  },
})
