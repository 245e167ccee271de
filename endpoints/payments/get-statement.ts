import Negotiator from 'negotiator'
import { z } from 'zod'
import { isStaff } from '#access/roles'
import { isMonthName } from '#payments/statement/compute-statement-month'
import { type MonthlyStatement, readStatement } from '#payments/statement/read-statement'
import { statementCsv } from '#documents/statement-csv'
import { statementPdf } from '#documents/statement-pdf'
import { findStatementConsultant } from '#payments/statement/statement-queries'
import { slugOrId } from '#shared/input'
import { type Answer, json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'
import { presentStatement, statementAnswer } from './present-statement'

const formats = { json: 'application/json', csv: 'text/csv', pdf: 'application/pdf' } as const
type Format = keyof typeof formats

/** The ending of the address decides; without one, what the caller says that it prefers. */
const formatOf = (extension: string | undefined, accept: string | null): Format => {
  if (extension !== undefined) return extension as Format
  const preferred = new Negotiator({ headers: accept === null ? {} : { accept } }).mediaType(Object.values(formats))
  return (Object.keys(formats) as Format[]).find((format) => formats[format] === preferred) ?? 'json'
}

const file = (
  body: string | Uint8Array<ArrayBuffer>,
  format: Format,
  { consultant, month }: MonthlyStatement,
): Answer => ({
  status: 200,
  body,
  contentType: format === 'csv' ? `${formats.csv}; charset=utf-8; header=present` : formats[format],
  headers: { 'Content-Disposition': `attachment; filename="statement-${consultant.slug}-${month}.${format}"` },
})

const params = z.object({
  consultant: slugOrId,
  month: z
    .string()
    .max(16)
    .transform((value) => {
      const [, name = value, extension] = /^(.*?)(?:\.(json|csv|pdf))?$/.exec(value) ?? []
      return { name, extension }
    })
    .refine(({ name }) => isMonthName(name), 'must be a month such as 2026-11, with .json, .csv or .pdf if you like')
    .meta({ type: 'string', pattern: '^\\d{4}-\\d{2}(\\.(json|csv|pdf))?$' })
    .describe('Such as 2026-11; `.json`, `.csv` or `.pdf` behind it chooses the format, else `Accept` does'),
})

export const getStatement = defineEndpoint({
  method: 'get',
  path: '/payments/statements/:consultant/:month',
  operationId: 'getStatement',
  tag: 'Payments',
  summary: "A consultant's month: sessions, fees, refunds, payouts, balance",
  description:
    "Derived from the ledger alone, one statement per currency. A movement belongs to the month in which it was booked, on the clock of the consultant's zone. For the consultant and for staff.",
  security: 'login',
  params,
  answers: {
    200: {
      description: 'The statement',
      schema: statementAnswer,
      alsoAs: [formats.csv, formats.pdf],
      headers: { 'Content-Disposition': 'Of a file: what it is saved as', Vary: '`Accept`, where it has decided' },
    },
  },
  refusals: ['not_found', 'outside_policy'],
  limit: 'change',
  handle: async ({ req, caller, params: { consultant: wanted, month } }) => {
    const consultant = caller.user ? await findStatementConsultant(req, wanted) : undefined
    const isTheirs = consultant !== undefined && consultant.userId === caller.user?.id
    if (!consultant || !(isStaff(req) || isTheirs)) return refuseGuess(caller, 'statement')
    const statement = await readStatement(req, { consultant, month: month.name, now: Date.now() })
    const format = formatOf(month.extension, req.headers.get('accept'))
    if (format === 'csv') return file(statementCsv(statement), format, statement)
    if (format === 'pdf') return file(await statementPdf(statement), format, statement)
    return json(presentStatement(statement), { headers: { Vary: 'Accept' } })
  },
})
