import { z } from 'zod'
import type { Statement } from '#payments/statement/compute-statement'
import type { MonthlyStatement } from '#payments/statement/read-statement'
import { dateTime, money } from '../support/schemas'
import { iso } from '#shared/time'

const session = z.object({ reference: z.string(), start: dateTime, serviceType: z.string(), customer: z.string() })

export const statementAnswer = z
  .object({
    consultant: z.object({ slug: z.string(), name: z.string() }),
    month: z.string(),
    timeZone: z.string().describe("The consultant's; the month begins and ends on its clock"),
    from: dateTime,
    until: dateTime,
    isComplete: z.boolean().describe('The month is over: nothing in it changes any more'),
    statements: z
      .array(
        z.object({
          currency: z.string(),
          opening: money.describe('Owed to the consultant when the month began; negative: owed by them'),
          sessions: z.array(
            session.extend({
              gross: money,
              fee: money.describe("The platform's, less what of it was returned"),
              refunds: money,
              disputes: money,
              share: money.describe('gross + fee + refunds + disputes'),
            }),
          ),
          payouts: z.array(
            z.object({
              at: dateTime,
              kind: z.enum(['payout', 'reversal']),
              session,
              amount: money,
              stripeObjectId: z.string(),
            }),
          ),
          setOffs: z
            .array(z.object({ at: dateTime, session, debtOf: session.nullable(), amount: money }))
            .describe('Debts that were set off against payouts; they move no balance'),
          totals: z.object({
            gross: money,
            fee: money,
            refunds: money,
            disputes: money,
            share: money,
            payouts: money,
            reversals: money,
            setOff: money,
          }),
          closing: money.describe('opening + share + payouts + reversals'),
        }),
      )
      .describe('One per currency; never added up across'),
  })
  .meta({ id: 'Statement' })

const presentSession = ({
  startsAt,
  ...rest
}: Statement['sessions'][number] | Statement['payouts'][number]['session']) => ({
  reference: rest.reference,
  start: iso(startsAt),
  serviceType: rest.serviceType,
  customer: rest.customer,
})

const presentOne = ({ currency, opening, sessions, payouts, setOffs, totals, closing }: Statement) => {
  const of = (amount: number) => ({ amount, currency })
  return {
    currency,
    opening: of(opening),
    sessions: sessions.map((line) => ({
      ...presentSession(line),
      gross: of(line.gross),
      fee: of(line.fee),
      refunds: of(line.refunds),
      disputes: of(line.disputes),
      share: of(line.share),
    })),
    payouts: payouts.map(({ occurredAt, kind, session: about, objectId, amount }) => ({
      at: iso(occurredAt),
      kind: kind === 'transfer' ? 'payout' : 'reversal',
      session: presentSession(about),
      amount: of(amount),
      stripeObjectId: objectId,
    })),
    setOffs: setOffs.map(({ occurredAt, session: about, debtOf, amount }) => ({
      at: iso(occurredAt),
      session: presentSession(about),
      debtOf: debtOf ? presentSession(debtOf) : null,
      amount: of(amount),
    })),
    totals: Object.fromEntries(Object.entries(totals).map(([name, amount]) => [name, of(amount)])),
    closing: of(closing),
  }
}

/** Its amounts with their currency, its instants as text. */
export const presentStatement = ({ from, until, statements, ...rest }: MonthlyStatement) => ({
  ...rest,
  from: iso(from),
  until: iso(until),
  statements: statements.map(presentOne),
})
