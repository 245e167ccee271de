import { type LedgerKind, ledgerKinds } from '../ledger/ledger-kinds'

/** One movement of the books as a statement needs it. Amounts in minor units, instants in epoch milliseconds. */
export type StatementEntry = {
  kind: LedgerKind
  amount: number
  currency: string
  occurredAt: number
  paymentId: string
  /** The object at Stripe, or the record of ours, that the entry stands for. */
  objectId: string
}

/** What an entry is about. */
export type StatementSession = {
  reference: string
  /** Epoch ms: when the session takes place, which need not be in the month. */
  startsAt: number
  serviceType: string
  customer: string
}

/** Sums of the entries before the month. */
export type StatementOpening = { kind: LedgerKind; currency: string; amount: number }

/**
 * One session with what moved in the month, each amount signed as the consultant sees it:
 * `gross + refunds + disputes + fee = share`.
 */
export type SessionLine = StatementSession & {
  gross: number
  /** The platform's fee, less what of it was given back with refunds. */
  fee: number
  refunds: number
  disputes: number
  share: number
}

/** A payout (negative: it is owed no more) or one that was taken back (positive). */
export type PayoutLine = {
  occurredAt: number
  kind: 'transfer' | 'transfer_reversal'
  session: StatementSession
  objectId: string
  amount: number
}

/** A debt that was set off against a payout. It moves no balance: what was owed both ways is less by the same amount. */
export type SetOffLine = {
  occurredAt: number
  /** Whose payout was kept back. */
  session: StatementSession
  /** Whose debt is paid off by it. */
  debtOf: StatementSession | undefined
  objectId: string
  amount: number
}

export type StatementTotals = Pick<SessionLine, 'gross' | 'fee' | 'refunds' | 'disputes' | 'share'> & {
  payouts: number
  reversals: number
  setOff: number
}

/**
 * What one consultant earned and was paid in one month, in one currency. `opening + share + payouts + reversals = closing`;
 * what is positive is owed to the consultant, what is negative they owe.
 */
export type Statement = {
  currency: string
  opening: number
  sessions: SessionLine[]
  payouts: PayoutLine[]
  setOffs: SetOffLine[]
  totals: StatementTotals
  closing: number
}

/** How an entry moves what is owed to the consultant. Adding 0 makes a plain zero of a negative one. */
export const moveOfConsultant = ({ kind, amount }: Pick<StatementEntry, 'kind' | 'amount'>): number =>
  amount * ledgerKinds[kind].moves.consultant + 0

type SessionColumn = 'gross' | 'fee' | 'refunds' | 'disputes'

/** In which column of a session's line a kind of entry counts. */
const columnOf: Partial<Record<LedgerKind, SessionColumn>> = {
  charge: 'gross',
  charge_elsewhere: 'gross',
  platform_fee: 'fee',
  platform_fee_refund: 'fee',
  platform_fee_refund_failed: 'fee',
  refund: 'refunds',
  refund_elsewhere: 'refunds',
  refund_failed: 'refunds',
  dispute: 'disputes',
  dispute_won: 'disputes',
  dispute_share: 'disputes',
  dispute_share_returned: 'disputes',
}

const noTotals = (): StatementTotals => ({
  gross: 0,
  fee: 0,
  refunds: 0,
  disputes: 0,
  share: 0,
  payouts: 0,
  reversals: 0,
  setOff: 0,
})

type Facts = { entries: readonly StatementEntry[]; sessionOf: (paymentId: string) => StatementSession }

const sessionLines = ({ entries, sessionOf }: Facts): SessionLine[] => {
  const lines = new Map<string, SessionLine>()
  for (const entry of entries) {
    const column = columnOf[entry.kind]
    if (!column) continue
    let line = lines.get(entry.paymentId)
    if (!line) {
      line = { ...sessionOf(entry.paymentId), gross: 0, fee: 0, refunds: 0, disputes: 0, share: 0 }
      lines.set(entry.paymentId, line)
    }
    const moved = moveOfConsultant(entry)
    line[column] += moved
    line.share += moved
  }
  return [...lines.values()].toSorted((a, b) => a.startsAt - b.startsAt || (a.reference < b.reference ? -1 : 1))
}

const payoutLines = ({ entries, sessionOf }: Facts): PayoutLine[] =>
  entries.flatMap((entry) => {
    const { kind, occurredAt, objectId, paymentId } = entry
    if (kind !== 'transfer' && kind !== 'transfer_reversal') return []
    return [{ occurredAt, kind, session: sessionOf(paymentId), objectId, amount: moveOfConsultant(entry) }]
  })

const setOffLines = ({ entries, sessionOf }: Facts): SetOffLine[] => {
  const debts = new Map(
    entries.filter(({ kind }) => kind === 'netted_in').map(({ objectId, paymentId }) => [objectId, paymentId]),
  )
  return entries.flatMap(({ kind, occurredAt, objectId, paymentId, amount }) => {
    if (kind !== 'netted_out') return []
    const debt = debts.get(objectId)
    const debtOf = debt === undefined ? undefined : sessionOf(debt)
    return [{ occurredAt, session: sessionOf(paymentId), debtOf, objectId, amount: -amount }]
  })
}

const sum = <Line>(lines: readonly Line[], amountOf: (line: Line) => number): number =>
  lines.reduce((total, line) => total + amountOf(line), 0)

const computeOne = (currency: string, opening: number, facts: Facts): Statement => {
  const [sessions, payouts, setOffs] = [sessionLines(facts), payoutLines(facts), setOffLines(facts)]
  const totals = noTotals()
  for (const column of ['gross', 'fee', 'refunds', 'disputes', 'share'] as const) {
    totals[column] = sum(sessions, (line) => line[column])
  }
  totals.payouts = sum(payouts, ({ kind, amount }) => (kind === 'transfer' ? amount : 0))
  totals.reversals = sum(payouts, ({ kind, amount }) => (kind === 'transfer_reversal' ? amount : 0))
  totals.setOff = sum(setOffs, ({ amount }) => amount)
  const closing = opening + totals.share + totals.payouts + totals.reversals
  return { currency, opening, sessions, payouts, setOffs, totals, closing }
}

/**
 * The statements of one consultant for one month, one per currency in which something moved or is open; never added up across.
 * @param args.openings sums of all entries before the month, by kind and currency.
 * @param args.entries the entries of the month, oldest first.
 * @param args.sessions what each payment is for.
 * @throws Error when an entry's payment is not among `sessions`.
 */
export const computeStatements = ({
  openings,
  entries,
  sessions,
}: {
  openings: readonly StatementOpening[]
  entries: readonly StatementEntry[]
  sessions: ReadonlyMap<string, StatementSession>
}): Statement[] => {
  const opened = new Map<string, number>()
  for (const opening of openings) {
    opened.set(opening.currency, (opened.get(opening.currency) ?? 0) + moveOfConsultant(opening))
  }
  const sessionOf = (paymentId: string): StatementSession => {
    const session = sessions.get(paymentId)
    if (!session) throw new Error(`Nothing is known of the payment ${paymentId}.`)
    return session
  }
  const isConsultants = ({ kind }: StatementEntry) =>
    ledgerKinds[kind].moves.consultant !== 0 || kind === 'netted_in' || kind === 'netted_out'
  const byCurrency = Map.groupBy(entries.filter(isConsultants), ({ currency }) => currency)
  const currencies = new Set([
    ...[...opened].flatMap(([currency, amount]) => (amount ? [currency] : [])),
    ...byCurrency.keys(),
  ])
  return [...currencies]
    .toSorted()
    .map((currency) =>
      computeOne(currency, opened.get(currency) ?? 0, { entries: byCurrency.get(currency) ?? [], sessionOf }),
    )
}
