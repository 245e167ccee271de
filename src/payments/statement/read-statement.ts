import type { PayloadRequest } from 'payload'
import { readFromReplica } from '#database/replica'
import { withTransaction } from '#database/transactions'
import { DomainError } from '#shared/errors'
import { minuteMs } from '#shared/time'
import { computeStatementMonth } from './compute-statement-month'
import { computeStatements, type Statement } from './compute-statement'
import { listEntriesBetween, type StatementConsultant, sumEntriesBefore } from './statement-queries'

/** Movements of one month; a consultant with a session every ten minutes, day and night, has fewer. */
const maxEntries = 50_000

/** The statements of a consultant for a calendar month in their zone. Instants are epoch milliseconds. */
export type MonthlyStatement = {
  consultant: Pick<StatementConsultant, 'slug' | 'name'>
  month: string
  timeZone: string
  from: number
  until: number
  /** The month is over: nothing in it changes any more. */
  isComplete: boolean
  statements: Statement[]
}

/**
 * Derives a statement from the ledger alone. A movement belongs to the month in which it was booked, on the clock of the
 * consultant's zone as it is now; so a session that is paid in one month and held in the next stands in the first.
 * @throws DomainError `invalid_request` when the month has not begun.
 */
export const readStatement = async (
  req: PayloadRequest,
  { consultant, month: name, now }: { consultant: StatementConsultant; month: string; now: number },
): Promise<MonthlyStatement> => {
  const { id, slug, name: consultantName, timeZone } = consultant
  const month = computeStatementMonth(name, timeZone)
  if (month.from > now) {
    throw new DomainError('invalid_request', `${name} has not begun yet.`, {
      errors: [{ path: 'month', message: 'must not lie in the future' }],
    })
  }
  // One moment for both reads: what is booked between them would be in neither, or in both.
  const readEntries = (from: PayloadRequest) =>
    withTransaction(
      from,
      async (tx) =>
        [
          await sumEntriesBefore(tx, id, month.from),
          await listEntriesBetween(tx, id, { from: month.from, until: month.until, limit: maxEntries }),
        ] as const,
      { isolationLevel: 'repeatable read' },
    )
  // A month that is over for longer than a replica may be behind does not change any more.
  const isSettled = month.until + minuteMs <= now
  const [openings, { entries, sessions }] = await (isSettled
    ? readFromReplica(req, readEntries, { atOneMoment: true })
    : readEntries(req))
  if (entries.length > maxEntries) {
    throw new DomainError('outside_policy', `A statement has at most ${maxEntries} movements; this month has more.`)
  }
  return {
    consultant: { slug, name: consultantName },
    month: name,
    timeZone,
    from: month.from,
    until: month.until,
    isComplete: month.until <= now,
    statements: computeStatements({ openings, entries, sessions }),
  }
}
