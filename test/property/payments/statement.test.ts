import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  computeStatements,
  moveOfConsultant,
  type Statement,
  type StatementEntry,
  type StatementSession,
} from '#payments/statement/compute-statement'
import { computeMonthsSince, computeStatementMonth } from '#payments/statement/compute-statement-month'
import { type LedgerKind, ledgerKindNames, ledgerKinds } from '#payments/ledger/ledger-kinds'
import { currencyRules } from '#shared/money'
import { repetitions } from '../../support/repetitions'

const zones = ['Europe/London', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata', 'America/Santiago', 'UTC']
const months = ['2026-02', '2026-03', '2026-04', '2026-05']
const payments = ['p1', 'p2', 'p3', 'p4', 'p5']

const sessions = new Map(
  payments.map((id, index): [string, StatementSession] => [
    id,
    { reference: `PY-${index}`, startsAt: Date.UTC(2026, 2, 1 + index), serviceType: 'Call', customer: 'Ada' },
  ]),
)

const netting = new Set<LedgerKind>(['netted_in', 'netted_out'])

const anyEntry: fc.Arbitrary<StatementEntry> = fc
  .record({
    kind: fc.constantFrom(...ledgerKindNames.filter((kind) => !netting.has(kind))),
    steps: fc.integer({ min: 1, max: 1_000_000_000 }),
    currency: fc.constantFrom('GBP', 'JPY', 'KWD', 'ISK'),
    // Around the edges of the months in every zone, and between them.
    occurredAt: fc.integer({ min: Date.UTC(2026, 0, 31), max: Date.UTC(2026, 5, 2) }),
    paymentId: fc.constantFrom(...payments),
    objectId: fc.uuid(),
  })
  .map(({ steps, ...entry }) => ({
    ...entry,
    amount: steps * currencyRules(entry.currency).step * ledgerKinds[entry.kind].sign,
  }))

/** A debt of one payment set off against the payout of another: two entries of one object at one moment. */
const anySetOff: fc.Arbitrary<StatementEntry[]> = fc
  .tuple(anyEntry, fc.constantFrom(...payments))
  .map(([entry, debtOf]) => {
    const amount = Math.abs(entry.amount)
    return [
      { ...entry, kind: 'netted_out', amount: -amount },
      { ...entry, kind: 'netted_in', amount, paymentId: debtOf },
    ]
  })

const anyLedger = fc
  .tuple(fc.array(anyEntry, { maxLength: 60 }), fc.array(anySetOff, { maxLength: 6 }))
  .map(([entries, setOffs]) => [...entries, ...setOffs.flat()].toSorted((a, b) => a.occurredAt - b.occurredAt))

const statementsOf = (ledger: StatementEntry[], name: string, timeZone: string): Statement[] => {
  const { from, until } = computeStatementMonth(name, timeZone)
  return computeStatements({
    openings: ledger.filter(({ occurredAt }) => occurredAt < from),
    entries: ledger.filter(({ occurredAt }) => occurredAt >= from && occurredAt < until),
    sessions,
  })
}

const balanceAt = (ledger: StatementEntry[], currency: string, until: number): number =>
  ledger
    .filter((entry) => entry.currency === currency && entry.occurredAt < until)
    .reduce((sum, entry) => sum + moveOfConsultant(entry), 0)

describe('a statement', () => {
  it('adds up: opening and movements are the closing balance, which is the balance of the ledger', () => {
    fc.assert(
      fc.property(anyLedger, fc.constantFrom(...zones), (ledger, timeZone) => {
        for (const name of months) {
          const { from, until } = computeStatementMonth(name, timeZone)
          for (const { currency, opening, closing, sessions: lines, payouts, totals } of statementsOf(
            ledger,
            name,
            timeZone,
          )) {
            expect(opening).toBe(balanceAt(ledger, currency, from))
            expect(closing).toBe(balanceAt(ledger, currency, until))
            expect(opening + totals.share + totals.payouts + totals.reversals).toBe(closing)
            expect(totals.gross + totals.fee + totals.refunds + totals.disputes).toBe(totals.share)
            for (const line of lines) expect(line.gross + line.fee + line.refunds + line.disputes).toBe(line.share)
            const moved = [...lines.map(({ share }) => share), ...payouts.map(({ amount }) => amount)]
            expect(moved.reduce((sum, amount) => sum + amount, opening)).toBe(closing)
          }
        }
      }),
      { numRuns: repetitions({ usual: 300, long: 3_000 }) },
    )
  })

  it('closes a month with the balance that opens the next', () => {
    fc.assert(
      fc.property(anyLedger, fc.constantFrom(...zones), (ledger, timeZone) => {
        for (const [index, name] of months.entries()) {
          const next = months[index + 1]
          if (next === undefined) continue
          const opened = new Map(statementsOf(ledger, next, timeZone).map((one) => [one.currency, one.opening]))
          for (const { currency, closing } of statementsOf(ledger, name, timeZone)) {
            expect(opened.get(currency) ?? 0).toBe(closing)
          }
        }
      }),
      { numRuns: repetitions({ usual: 300, long: 3_000 }) },
    )
  })

  it('has every movement of the consultant in exactly one month and one currency', () => {
    fc.assert(
      fc.property(anyLedger, fc.constantFrom(...zones), (ledger, timeZone) => {
        const all = computeMonthsSince({
          since: Date.UTC(2026, 0, 1),
          now: Date.UTC(2026, 5, 3),
          timeZone,
          limit: 12,
        }).flatMap((name) => statementsOf(ledger, name, timeZone))
        const payoutEntries = ledger.filter(({ kind }) => kind === 'transfer' || kind === 'transfer_reversal')
        expect(all.flatMap(({ payouts }) => payouts)).toHaveLength(payoutEntries.length)
        expect(all.flatMap(({ setOffs }) => setOffs)).toHaveLength(
          ledger.filter(({ kind }) => kind === 'netted_out').length,
        )
        for (const currency of new Set(all.map((one) => one.currency))) {
          const shares = all
            .filter((one) => one.currency === currency)
            .reduce((sum, { totals }) => sum + totals.share, 0)
          const expected = ledger
            .filter((entry) => entry.currency === currency && !entry.kind.startsWith('transfer'))
            .reduce((sum, entry) => sum + moveOfConsultant(entry), 0)
          expect(shares).toBe(expected)
        }
      }),
      { numRuns: repetitions({ usual: 200, long: 2_000 }) },
    )
  })
})

describe('the month of a statement', () => {
  it('begins and ends at midnight of the zone, whatever the clocks do in it', () => {
    for (const timeZone of zones) {
      for (const name of months) {
        const { from, until } = computeStatementMonth(name, timeZone)
        const [first, next] = [from, until].map((at) =>
          Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone),
        )
        expect(first?.toPlainDateTime().toString({ smallestUnit: 'minute' })).toBe(`${name}-01T00:00`)
        expect(next?.toPlainTime().toString({ smallestUnit: 'minute' })).toBe('00:00')
        expect(next?.day).toBe(1)
      }
    }
    const march = computeStatementMonth('2026-03', 'America/New_York')
    expect(march.until - march.from).toBe((31 * 24 - 1) * 3_600_000)
  })

  it('lists the months of a zone, latest first, and no more than were asked for', () => {
    const args = { since: Date.UTC(2025, 10, 30, 20), now: Date.UTC(2026, 1, 1, 3), limit: 24 }
    expect(computeMonthsSince({ ...args, timeZone: 'Asia/Tokyo' })).toEqual(['2026-02', '2026-01', '2025-12'])
    expect(computeMonthsSince({ ...args, timeZone: 'America/New_York' })).toEqual(['2026-01', '2025-12', '2025-11'])
    expect(computeMonthsSince({ ...args, timeZone: 'UTC', limit: 1 })).toEqual(['2026-02'])
  })
})
