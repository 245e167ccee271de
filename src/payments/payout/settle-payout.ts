import type { Payload, PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import type { Task } from '#outbox/task'
import type { Actor } from '#shared/actor'
import { applyMovement, recordReversal } from './apply-transfer'
import { carryOutTransfer, listStripeReversals } from './carry-out-transfer'
import {
  computePayoutState,
  computePayoutSums,
  decidePayout,
  type PayoutDecision,
  type PayoutFacts,
} from './decide-payout'
import { computeConsultantShare } from './compute-shares'
import { movePayout } from './move-payout'
import { bookLedgerEntries, findPayment, lockPayment, type PaymentRow } from '../payment-queries'
import type { HeldReason } from '../payment-states'
import { findPayoutAccount } from '../account/payout-account-queries'
import { settlePayoutJob } from './settle-payout-job'
import { ProviderError } from '../stripe/provider-error'
import {
  findLatestReturn,
  findPayout,
  findTransfer,
  insertTransfer,
  listOpenDebts,
  listTransfers,
  lockOpenDebts,
  lockPayouts,
  type OpenDebt,
  recoverDebt,
  storeTransferOutcome,
  sumReturned,
  type TransferRow,
} from './transfer-queries'

/** Everything that the payout of a payment is decided from, as it is now. Under the payment's lock where it is acted upon. */
const readPayoutFacts = async (
  req: PayloadRequest,
  payment: PaymentRow,
  debts: readonly OpenDebt[],
): Promise<PayoutFacts> => {
  const payout = await findPayout(req, payment.id)
  return {
    now: Date.now(),
    payment,
    dueAt: payout?.dueAt ?? null,
    ...(await sumReturned(req, payment.id)),
    isHeldByOperations: payout?.isHeldByOperations ?? false,
    hasOpenClaim: payout?.hasOpenClaim ?? false,
    heldReason: payout?.heldReason ?? null,
    transfers: await listTransfers(req, payment.id),
    account: await findPayoutAccount(req, payment.consultantId),
    debts,
  }
}

/** What would happen to a payout now, and what it is decided from; changes nothing. */
export const previewPayout = async (
  req: PayloadRequest,
  payment: PaymentRow,
): Promise<{ facts: PayoutFacts; decision: PayoutDecision }> => {
  const facts = await readPayoutFacts(req, payment, await listOpenDebts(req, payment))
  return { facts, decision: decidePayout(facts) }
}

const setOffDebt = async (
  req: PayloadRequest,
  payment: PaymentRow,
  { debt, amount }: { debt: OpenDebt; amount: number },
): Promise<void> => {
  const debtor = debt.paymentId === payment.id ? payment : await findPayment(req, debt.paymentId)
  if (!debtor) throw new Error(`The debt ${debt.id} belongs to no payment.`)
  await recoverDebt(req, debt.id, amount)
  const id = await insertTransfer(req, {
    payment,
    kind: 'netting',
    status: 'succeeded',
    amount,
    reason: `For ${debtor.reference}.`,
    againstId: debt.id,
  })
  await bookLedgerEntries(req, payment, [{ kind: 'netted_out', amount: -amount, stripeObjectId: id }])
  await bookLedgerEntries(req, debtor, [{ kind: 'netted_in', amount, stripeObjectId: id }])
  await enqueue(req, { task: 'follow-payout', errand: { paymentId: payment.id, event: 'set-off', recordId: id } })
}

const recordDebt = async (
  req: PayloadRequest,
  payment: PaymentRow,
  { amount, reason, against }: { amount: number; reason: string; against: TransferRow | null },
): Promise<void> => {
  const id = await insertTransfer(req, {
    payment,
    kind: 'receivable',
    status: 'succeeded',
    amount,
    reason,
    againstId: against?.id ?? null,
    ...(await findLatestReturn(req, payment.id)),
  })
  await enqueue(req, { task: 'follow-payout', errand: { paymentId: payment.id, event: 'debt', recordId: id } })
}

/** What is lacking or held keeps the payout open; else it is what has happened. */
const stateAfter = (facts: PayoutFacts) => ({ status: computePayoutState(facts.transfers) })

const writeDownTransfer = async (
  req: PayloadRequest,
  payment: PaymentRow,
  { amount, by }: { amount: number; by: Actor | undefined },
): Promise<string> => {
  const account = await findPayoutAccount(req, payment.consultantId)
  if (!account?.stripeAccountId) throw new Error(`The account of ${payment.reference} is payable, but has no id.`)
  await movePayout(req, payment, { status: 'due' })
  return insertTransfer(req, {
    payment,
    kind: 'transfer',
    status: 'requested',
    amount,
    reason: `Share of ${payment.reference}.`,
    destinationAccountId: account.stripeAccountId,
    ...(by ? { by } : {}),
  })
}

/**
 * Decides what is next and writes it down; what needs no call to Stripe is done at once, and the next step decided.
 * @returns the operation that Stripe is to carry out, if there is one.
 */
const decideAndWriteDown = async (
  req: PayloadRequest,
  paymentId: string,
  by: Actor | undefined,
): Promise<string | undefined> => {
  const seen = await findPayment(req, paymentId)
  if (!seen) return undefined
  await lockPayouts(req, seen.consultantId)
  const payment = await lockPayment(req, paymentId)
  if (!payment) return undefined
  for (;;) {
    const debts = await lockOpenDebts(req, payment)
    const facts = await readPayoutFacts(req, payment, debts)
    const decision = decidePayout(facts)
    switch (decision.do) {
      case 'nothing':
        await movePayout(req, payment, stateAfter(facts))
        return undefined
      case 'wait':
        if (decision.for === 'operation') return facts.transfers.find(({ status }) => status === 'requested')?.id
        if (decision.for === 'time') await enqueue(req, settlePayoutJob(paymentId, { runAt: decision.until }))
        return undefined
      case 'hold': {
        const { reason } = decision
        const payout = await findPayout(req, paymentId)
        const heldNote = payout?.heldReason === reason ? payout.heldNote : null
        await movePayout(req, payment, { status: 'held', heldReason: reason, heldNote })
        return undefined
      }
      case 'net': {
        const debt = debts.find(({ id }) => id === decision.debtId)
        if (!debt) throw new Error(`The debt ${decision.debtId} is not open.`)
        await setOffDebt(req, payment, { debt, amount: decision.amount })
        continue
      }
      case 'record-debt':
        await recordDebt(req, payment, {
          amount: decision.amount,
          reason: 'Nothing is left to take back.',
          against: null,
        })
        continue
      case 'transfer':
        return writeDownTransfer(req, payment, { amount: decision.amount, by })
      case 'reverse':
        return insertTransfer(req, {
          payment,
          kind: 'reversal',
          status: 'requested',
          amount: decision.amount,
          reason: `${payment.reference} was returned.`,
          againstId: decision.transferId,
          ...(await findLatestReturn(req, payment.id)),
          ...(by ? { by } : {}),
        })
    }
  }
}

/** Why a payout waits that Stripe refused for good. */
const heldReasonOf = ({ code }: ProviderError): HeldReason => {
  switch (code) {
    case 'insufficient_capabilities_for_transfer':
      return 'account_restricted'
    case 'account_invalid':
      return 'account_disconnected'
    default:
      return 'refused'
  }
}

const failureOf = (error: ProviderError) => ({
  status: 'failed' as const,
  failureCode: error.code ?? null,
  failureReason: error.message,
})

const refuseTransfer = async (payload: Payload, transfer: TransferRow, error: ProviderError): Promise<void> =>
  withTransaction(payload, async (req) => {
    const payment = await lockPayment(req, transfer.paymentId)
    const locked = await findTransfer(req, transfer.id)
    if (!payment || locked?.status !== 'requested') return
    await storeTransferOutcome(req, transfer.id, failureOf(error))
    await movePayout(req, payment, {
      status: 'held',
      heldReason: heldReasonOf(error),
      heldNote: error.message.slice(0, 1_000),
    })
    await enqueue(req, settlePayoutJob(payment.id))
  })

/**
 * What Stripe cannot take back is a debt of the consultant, unless it was refused because somebody had taken it back by hand
 * already: then the next round sees what is left.
 */
const refuseReversal = async (payload: Payload, reversal: TransferRow, error: ProviderError): Promise<void> => {
  const found = await listStripeReversals(payload, reversal)
  await withTransaction(payload, async (req) => {
    const payment = await lockPayment(req, reversal.paymentId)
    const locked = await findTransfer(req, reversal.id)
    if (!payment || locked?.status !== 'requested') return
    await storeTransferOutcome(req, reversal.id, failureOf(error))
    let wasByHand = false
    for (const made of found.reversals) {
      if (await recordReversal(req, found.stripeTransferId, made)) wasByHand = true
    }
    if (!wasByHand) {
      const { returned } = await sumReturned(req, payment.id)
      const { had } = computePayoutSums(await listTransfers(req, payment.id))
      const amount = Math.min(reversal.amount, had - computeConsultantShare(payment, returned))
      const against = reversal.againstId === null ? undefined : await findTransfer(req, reversal.againstId)
      if (amount > 0)
        await recordDebt(req, payment, { amount, reason: error.message.slice(0, 1_000), against: against ?? null })
    }
    await movePayout(req, payment, { status: computePayoutState(await listTransfers(req, payment.id)) })
    await enqueue(req, settlePayoutJob(payment.id))
  })
}

/**
 * Makes what was paid out to the consultant for a payment what it should be, one step at a time: writes the step down, asks
 * Stripe for it, records the answer, and comes again for the next one. It goes by how things stand and not by what
 * happened, so it may run any number of times, late, twice at once, or be killed between any two steps.
 * @throws ProviderError when it is not known what Stripe did; the job comes again with the same key.
 */
export const settlePayout: Task<'settle-payout'> = async (payload, { paymentId, by }) => {
  const id = await withTransaction(payload, (req) => decideAndWriteDown(req, paymentId, by))
  if (id === undefined) return
  const { transfer, outcome } = await carryOutTransfer(payload, id)
  if (!transfer || !outcome) return
  if (!(outcome instanceof ProviderError)) {
    await withTransaction(payload, (req) => applyMovement(req, transfer.id, outcome))
    return
  }
  payload.logger.error({ err: outcome, transferId: transfer.id, msg: `Stripe refused a ${transfer.kind}` })
  await (transfer.kind === 'reversal' ? refuseReversal : refuseTransfer)(payload, transfer, outcome)
}
