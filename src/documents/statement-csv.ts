import { stringify } from 'csv-stringify/sync'
import { Temporal } from 'temporal-polyfill'
import { withoutFormulasWithin } from '#shared/csv-text'
import { type Money, toDecimal } from '#shared/money'
import type { Statement } from '#payments/statement/compute-statement'
import type { MonthlyStatement } from '#payments/statement/read-statement'

const columns = [
  'currency',
  'type',
  'date',
  'session',
  'service',
  'customer',
  'gross',
  'fee',
  'refunds',
  'disputes',
  'amount',
  'object',
] as const

type Row = Partial<Record<(typeof columns)[number], string | Money>>

const rowsOf = ({ currency, opening, sessions, payouts, setOffs, closing }: Statement, timeZone: string): Row[] => {
  const money = (amount: number): Money => ({ amount, currency })
  const date = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  const rows: Row[] = [
    { type: 'opening balance', amount: money(opening) },
    ...sessions.map((line) => ({
      type: 'session',
      date: date(line.startsAt),
      session: line.reference,
      service: line.serviceType,
      customer: line.customer,
      gross: money(line.gross),
      fee: money(line.fee),
      refunds: money(line.refunds),
      disputes: money(line.disputes),
      amount: money(line.share),
    })),
    ...payouts.map(({ kind, occurredAt, session, objectId, amount }) => ({
      type: kind === 'transfer' ? 'payout' : 'payout taken back',
      date: date(occurredAt),
      session: session.reference,
      service: session.serviceType,
      customer: session.customer,
      amount: money(amount),
      object: objectId,
    })),
    // What was set off is no movement of the balance, so it stands outside the column that adds up.
    ...setOffs.map(({ occurredAt, session, debtOf, amount }) => ({
      type: 'debt set off',
      date: date(occurredAt),
      session: session.reference,
      service: `${toDecimal(money(amount))} for ${debtOf?.reference ?? 'another session'}`,
      amount: money(0),
    })),
    { type: 'closing balance', amount: money(closing) },
  ]
  return rows.map((row) => ({ currency, ...row }))
}

/**
 * A statement as CSV (RFC 4180): decimal amounts with a point, dates on the consultant's clock. Per currency the column `amount`
 * adds up from `opening balance` to `closing balance`. It begins with a byte order mark, because spreadsheets take a file
 * without one for their local encoding and show names wrongly; readers of UTF-8 know to skip it. Text that a spreadsheet would run as a formula
 * gets an apostrophe before it, wherever it would split the text.
 */
export const statementCsv = ({ statements, timeZone }: MonthlyStatement): string =>
  stringify(
    statements.flatMap((statement) => rowsOf(statement, timeZone)),
    {
      bom: true,
      header: true,
      columns: [...columns],
      record_delimiter: 'windows',
      escape_formulas: true,
      // Left to itself it quotes what holds its own line ending alone, and readers end a row at others as well.
      quoted_match: /[\r\n]/,
      // Amounts are made here and may begin with a minus.
      cast: {
        string: withoutFormulasWithin,
        object: (amount) => ({ value: toDecimal(amount as Money), escape_formulas: false }),
      },
    },
  )
