import { formatMoney } from '#shared/money'
import type { PayoutLine, SessionLine, SetOffLine, Statement } from '#payments/statement/compute-statement'
import { createPdf } from './pdf/create-pdf'
import type { PdfBlock, PdfColumn } from './pdf/pdf-content'
import type { MonthlyStatement } from '#payments/statement/read-statement'

const locale = 'en-GB'

type Write = { money: (amount: number) => string; date: (instant: number) => string }

const amounts = (...labels: string[]): PdfColumn[] => labels.map((label) => ({ label, weight: 11, align: 'right' }))

const sessionTable = (lines: readonly SessionLine[], { totals }: Statement, { money, date }: Write): PdfBlock => {
  // Most months have no dispute; then its column would only take the others' room.
  const hasDisputes = lines.some(({ disputes }) => disputes !== 0)
  const moved = (line: Pick<SessionLine, 'gross' | 'fee' | 'refunds' | 'disputes' | 'share'>): string[] => [
    money(line.gross),
    money(line.fee),
    money(line.refunds),
    ...(hasDisputes ? [money(line.disputes)] : []),
    money(line.share),
  ]
  return {
    kind: 'table',
    columns: [
      { label: 'Session', weight: 13 },
      { label: 'Reference, service, customer', weight: 28 },
      ...amounts('Price', 'Fee', 'Refunds', ...(hasDisputes ? ['Disputes'] : []), 'Your share'),
    ],
    rows: lines.map((line) => [
      date(line.startsAt),
      `${line.reference}\n${line.serviceType}\n${line.customer}`,
      ...moved(line),
    ]),
    totals: [['Total', '', ...moved(totals)]],
  }
}

const payoutTable = (lines: readonly PayoutLine[], { totals }: Statement, { money, date }: Write): PdfBlock => ({
  kind: 'table',
  columns: [
    { label: 'Date', weight: 13 },
    { label: 'What', weight: 28 },
    { label: 'Session', weight: 18 },
    ...amounts('Amount'),
  ],
  rows: lines.map(({ occurredAt, kind, session, amount }) => [
    date(occurredAt),
    kind === 'transfer' ? 'Paid out to you' : 'Taken back',
    session.reference,
    money(amount),
  ]),
  totals: [['Total', '', '', money(totals.payouts + totals.reversals)]],
})

const setOffTable = (lines: readonly SetOffLine[], { totals }: Statement, { money, date }: Write): PdfBlock => ({
  kind: 'table',
  columns: [
    { label: 'Date', weight: 13 },
    { label: 'Kept back from', weight: 23 },
    { label: 'For the debt of', weight: 23 },
    ...amounts('Amount'),
  ],
  rows: lines.map(({ occurredAt, session, debtOf, amount }) => [
    date(occurredAt),
    session.reference,
    debtOf?.reference ?? '',
    money(amount),
  ]),
  totals: [['Total', '', '', money(totals.setOff)]],
})

const blocksOf = (statement: Statement, write: Write): PdfBlock[] => {
  const { currency, opening, closing, totals, sessions, payouts, setOffs } = statement
  const { money } = write
  return [
    { kind: 'heading', text: currency },
    {
      kind: 'facts',
      facts: [
        ['Opening balance', money(opening)],
        ['Your share of the sessions', money(totals.share)],
        ['Paid out to you', money(totals.payouts)],
        ...(totals.reversals ? [['Taken back', money(totals.reversals)] as const] : []),
        ['Closing balance', money(closing)],
      ],
    },
    ...(sessions.length
      ? [{ kind: 'heading', text: `Sessions, ${currency}` } as const, sessionTable(sessions, statement, write)]
      : []),
    ...(payouts.length
      ? [{ kind: 'heading', text: `Payouts, ${currency}` } as const, payoutTable(payouts, statement, write)]
      : []),
    ...(setOffs.length
      ? [{ kind: 'heading', text: `Debts set off, ${currency}` } as const, setOffTable(setOffs, statement, write)]
      : []),
  ]
}

/** A statement as a document to keep: A4, tagged; the same statement gives the same bytes. */
export const statementPdf = (monthly: MonthlyStatement): Promise<Uint8Array<ArrayBuffer>> => {
  const { consultant, month, timeZone, from, isComplete, statements } = monthly
  const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone })
  const date = (instant: number) => dates.format(instant)
  const monthName = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone }).format(from)
  const title = `Statement for ${monthName}`
  return createPdf({
    title: `${title}, ${consultant.name}`,
    author: 'Parley',
    language: 'en',
    createdAt: from,
    footer: `${consultant.name} · ${month}`,
    blocks: [
      { kind: 'title', text: title },
      {
        kind: 'facts',
        facts: [
          ['Consultant', consultant.name],
          ['Month', `${month}, on the clock of ${timeZone}`],
          ...(isComplete ? [] : [['State', 'This month is not over: the figures will change.'] as const]),
        ],
      },
      ...(statements.length
        ? []
        : [{ kind: 'text', text: 'Nothing was earned or paid out, and nothing is open.' } as const]),
      ...statements.flatMap((statement) =>
        blocksOf(statement, { date, money: (amount) => formatMoney({ amount, currency: statement.currency }, locale) }),
      ),
      {
        kind: 'text',
        isSmall: true,
        text: 'A movement stands in the month in which it was booked, so a session that is paid in one month and held in the next stands in the first. What is positive is owed to you, what is negative you owe. Debts that were set off against payouts move no balance. Currencies are never added up.',
      },
    ],
  })
}
