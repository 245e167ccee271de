import { currencyRules } from '#shared/money'
import { emitEvent } from '../emit-event'
import { addBalanceTransaction, addDispute } from '../objects'
import { invalidRequest } from '../refusal'
import type { StoredCharge, StoredDispute } from '../stored-objects'
import { findCardAgain } from '../test-cards'
import { find, mustFind, secondsOf, type World } from '../world'
import { scheduleLater, unschedule } from './schedule-later'

/** What customers complain about. */
export const disputeReasons = [
  'fraudulent',
  'product_not_received',
  'product_unacceptable',
  'duplicate',
  'credit_not_processed',
  'subscription_canceled',
  'unrecognized',
  'general',
] as const

export type DisputeOptions = {
  /** Default what is left of the charge; a bank may ask for more than the charge was. */
  amount?: number | undefined
  reason?: (typeof disputeReasons)[number] | undefined
  /** The bank only asks for now, and takes no money. */
  inquiry?: boolean | undefined
}

/** How long the platform may answer. */
const responseDays = 9
/** After that an inquiry that led to nothing is over. */
const inquiryDays = 120

/** What Stripe takes for a dispute, and keeps whatever becomes of it. */
const disputeFees: Readonly<Record<string, number>> = {
  aud: 2500,
  cad: 1500,
  chf: 2000,
  eur: 2000,
  gbp: 2000,
  inr: 100_000,
  isk: 200_000,
  jpy: 1300,
  kwd: 5000,
  nzd: 2500,
  sgd: 1500,
  usd: 1500,
}

/** Fifteen whole units where nothing better is known. */
const disputeFee = (currency: string): number =>
  disputeFees[currency] ?? 15 * 10 ** currencyRules(currency.toUpperCase()).digits

export const disputesOf = (world: World, chargeId: string): StoredDispute[] =>
  world.catalog.all('disputes', { charge: chargeId })

/** How much of their charge disputes have taken and not given back. */
export const withdrawnBy = (disputes: readonly StoredDispute[]): number =>
  -disputes.flatMap((dispute) => dispute.balance_transactions).reduce((sum, { amount }) => sum + amount, 0)

/** The end of the day on which time is over, seconds. */
const dueBy = (now: number): number => (Math.floor(now / 86_400) + responseDays + 1) * 86_400 - 1

const withdraw = (world: World, dispute: StoredDispute): void => {
  const charge = mustFind(world, 'charges', dispute.charge)
  const income = charge.balance_transaction
    ? find(world, 'balance_transactions', charge.balance_transaction)
    : undefined
  const entry = addBalanceTransaction(world, {
    type: 'adjustment',
    reporting_category: 'dispute',
    source: dispute.id,
    amount: -dispute.amount,
    fee: disputeFee(dispute.currency),
    feeDescription: 'Dispute fee',
    currency: dispute.currency,
    description: `Chargeback withdrawal for ${charge.id}`,
    available_on: Math.max(secondsOf(world), income?.available_on ?? 0),
  })
  dispute.balance_transactions.push({ ...entry })
}

const waitForAnswer = (world: World, dispute: StoredDispute, dueAt: number): void => {
  dispute.evidence_details.due_by = dueAt
  scheduleLater(world, 'expire_dispute', dispute.id, (dueAt - secondsOf(world)) * 1000)
}

/**
 * The customer complains at the bank, which takes the money, or only asks.
 * @throws Refusal when the charge was never paid, or there is a dispute about it that is not over.
 */
export const openDispute = (world: World, charge: StoredCharge, options: DisputeOptions): StoredDispute => {
  if (!charge.captured) throw invalidRequest(`Charge ${charge.id} was never paid, so nobody can complain about it.`)
  if (disputesOf(world, charge.id).some((dispute) => dispute.status !== 'won' && dispute.status !== 'warning_closed')) {
    throw invalidRequest(`There is a dispute about charge ${charge.id} already.`)
  }
  const left = charge.amount_captured - charge.amount_refunded
  const isInquiry = options.inquiry ?? false
  const card = charge.payment_method_details?.card
  const dispute = addDispute(world, {
    amount: options.amount ?? (left || charge.amount_captured),
    charge,
    isInquiry,
    reason: options.reason ?? 'fraudulent',
    cardBrand: card?.brand ?? null,
  })
  waitForAnswer(world, dispute, dueBy(secondsOf(world)))
  charge.disputed = true
  if (!isInquiry) withdraw(world, dispute)
  emitEvent(world, 'charge.dispute.created', dispute)
  if (!isInquiry) emitEvent(world, 'charge.dispute.funds_withdrawn', dispute)
  return dispute
}

/** The holder of a test card that is known for it complains. */
export const disputeByCard = (world: World, chargeId: string): void => {
  const charge = find(world, 'charges', chargeId)
  const complaint = findCardAgain(charge?.payment_method_details?.card)?.dispute
  if (!charge || !complaint || disputesOf(world, chargeId).length) return
  openDispute(world, charge, complaint === 'inquiry' ? { inquiry: true } : { reason: complaint })
}

/** The bank is not content with the answer to an inquiry, and takes the money. */
export const escalateInquiry = (world: World, dispute: StoredDispute): void => {
  const { status } = dispute
  if (status !== 'warning_needs_response' && status !== 'warning_under_review') return
  unschedule(world, 'expire_dispute', dispute.id)
  const previous = { status, is_charge_refundable: dispute.is_charge_refundable }
  dispute.status = 'needs_response'
  dispute.is_charge_refundable = false
  Object.assign(dispute.evidence_details, { past_due: false, submission_count: 0, submission_method: 'not_submitted' })
  if (dispute.payment_method_details?.card) dispute.payment_method_details.card.case_type = 'chargeback'
  waitForAnswer(world, dispute, dueBy(secondsOf(world)))
  withdraw(world, dispute)
  emitEvent(world, 'charge.dispute.updated', dispute, previous)
  emitEvent(world, 'charge.dispute.funds_withdrawn', dispute)
}

/** When an inquiry is over that nobody has answered or escalated, seconds. */
export const inquiryEnd = (dispute: StoredDispute): number => dispute.created + inquiryDays * 86_400
