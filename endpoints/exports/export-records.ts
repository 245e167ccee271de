import { z } from 'zod'
import type { Where } from 'payload'
import type { AttributeSubject } from '#attributes/attribute-kinds'
import { isStaff } from '#access/roles'
import { exportColumns } from '#desk/export/export-columns'
import { composeExport } from '#desk/export/compose-export'
import { maxExportRows } from '#desk/export/read-export'
import { readFromReplica } from '#database/replica'
import { DomainError } from '#shared/errors'
import { defineEndpoint } from '../support/define-endpoint'
import { requireLogin } from '../support/require-login'

// Object.keys gives string[]; the table's keys are exactly the lists.
const exported = Object.keys(exportColumns) as [AttributeSubject, ...AttributeSubject[]]

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** As Payload's own REST takes it: `where[…][…]`, which the frame has taken apart, or the whole as JSON. */
const readWhere = (query: unknown): Where | undefined => {
  const given = isObject(query) ? query.where : undefined
  if (given === undefined || given === '') return undefined
  const where = typeof given === 'string' ? parse(given) : given
  if (!isObject(where)) {
    const message = 'must be conditions such as where[status][equals]=active, or the same as JSON'
    throw new DomainError('invalid_request', `The query is not valid: where ${message}.`, {
      errors: [{ path: 'where', message }],
    })
  }
  // What it names is checked by Payload before it is used.
  return where as Where
}

export const exportRecordsEndpoint = defineEndpoint({
  method: 'get',
  path: '/exports/:collection.csv',
  operationId: 'exportRecords',
  tag: 'Exports',
  summary: 'A list as a file for spreadsheets',
  description: `For staff. Takes the same conditions and order as the list itself (\`GET /api/{collection}\`), those on custom attributes (\`where[attributes.key][equals]=…\`) among them. One column for what people ask for most, then one per custom attribute. At most ${maxExportRows} records.`,
  security: 'login',
  params: z.object({ collection: z.enum(exported) }),
  query: z.looseObject({
    where: z
      .string()
      .max(20_000)
      .optional()
      .describe('Conditions as JSON; or taken apart, as `where[status][equals]=active`'),
    sort: z
      .string()
      .max(500)
      .optional()
      .describe('Fields to sort by, separated by commas; `-` before one for falling order'),
  }),
  answers: {
    200: {
      description: 'The records, in UTF-8 with a byte order mark',
      contentType: 'text/csv',
      headers: { 'Content-Disposition': 'What it is saved as' },
    },
  },
  refusals: ['unauthenticated', 'forbidden'],
  limit: 'change',
  handle: async ({ req, caller, params: { collection }, query: { sort } }) => {
    requireLogin(caller)
    if (!isStaff(req)) throw new DomainError('forbidden', 'Only staff export lists.')
    const wanted = { subject: collection, where: readWhere(req.query), sort: sort?.split(',') }
    const body = await readFromReplica(req, (reading) => composeExport(reading, wanted), { atOneMoment: true })
    const fileName = `${collection}-${new Date().toISOString().slice(0, 10)}.csv`
    return {
      status: 200,
      body,
      contentType: 'text/csv; charset=utf-8; header=present',
      headers: { 'Content-Disposition': `attachment; filename="${fileName}"` },
    }
  },
})
