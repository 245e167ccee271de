import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { computePayoutSums, type PayoutDecision } from '#payments/payout/decide-payout'
import { findPayment } from '#payments/payment-queries'
import { heldReasons } from '#payments/payment-states'
import { previewPayout } from '#payments/payout/settle-payout'
import { findPayout } from '#payments/payout/transfer-queries'
import { formatMoney } from '#shared/money'
import { dateTime, heldReason, money, payoutStatus } from '../support/schemas'

export const payoutAnswer = z
  .object({
    status: payoutStatus,
    dueAt: dateTime.nullable(),
    heldReason: heldReason.nullable(),
    heldNote: z.string().nullable(),
    isHeldByOperations: z.boolean(),
    transferred: money,
    reversed: money,
    setOff: money.describe('Kept back for debts of the consultant'),
    owed: money.describe('What of this payment the consultant was recorded to owe, set off or not'),
    next: z
      .object({
        action: z.enum(['nothing', 'wait', 'hold', 'set-off', 'transfer', 'reverse', 'record-debt']),
        amount: money.nullable(),
        reason: z.string().describe('In a sentence'),
      })
      .describe('What would be done now'),
  })
  .meta({ id: 'Payout' })

type Next = z.output<typeof payoutAnswer>['next']

const waits = {
  operation: 'Stripe is being asked for a transfer or reversal.',
  dispute: 'Nothing moves while the payment is disputed.',
  time: 'It is not due yet.',
} as const

/** What a decision means, for people. */
const presentDecision = (decision: PayoutDecision, currency: string): Next => {
  const of = (amount: number) => ({ amount, currency })
  const text = (amount: number) => formatMoney(of(amount), 'en-GB')
  switch (decision.do) {
    case 'nothing':
      return { action: 'nothing', amount: null, reason: 'What was paid out is what should be.' }
    case 'wait':
      return { action: 'wait', amount: null, reason: waits[decision.for] }
    case 'hold':
      return { action: 'hold', amount: of(decision.amount), reason: `${heldReasons[decision.reason].en}.` }
    case 'net':
      return {
        action: 'set-off',
        amount: of(decision.amount),
        reason: `${text(decision.amount)} is kept back for a debt of the consultant.`,
      }
    case 'transfer':
      return {
        action: 'transfer',
        amount: of(decision.amount),
        reason: `${text(decision.amount)} is paid out to the consultant.`,
      }
    case 'reverse':
      return {
        action: 'reverse',
        amount: of(decision.amount),
        reason: `${text(decision.amount)} is taken back from the consultant.`,
      }
    case 'record-debt':
      return {
        action: 'record-debt',
        amount: of(decision.amount),
        reason: `${text(decision.amount)} is recorded as a debt of the consultant: nothing is left to take back.`,
      }
  }
}

/** How the payout of a payment stands, and what would be done with it now. */
export const viewPayout = async (req: PayloadRequest, paymentId: string): Promise<z.output<typeof payoutAnswer>> => {
  const payment = await findPayment(req, paymentId)
  const payout = payment && (await findPayout(req, paymentId))
  if (!payout) throw new Error(`Payment ${paymentId} does not exist.`)
  const { facts, decision } = await previewPayout(req, payment)
  const { transferred, reversed, netted, debts } = computePayoutSums(facts.transfers)
  const of = (amount: number) => ({ amount, currency: payment.currency })
  return {
    status: payout.status,
    dueAt: payout.dueAt === null ? null : new Date(payout.dueAt).toISOString(),
    heldReason: payout.heldReason,
    heldNote: payout.heldNote,
    isHeldByOperations: payout.isHeldByOperations,
    transferred: of(transferred),
    reversed: of(reversed),
    setOff: of(netted),
    owed: of(debts),
    next: presentDecision(decision, payment.currency),
  }
}
