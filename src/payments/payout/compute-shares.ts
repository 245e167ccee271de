import { computeFeeBack } from '../refund/compute-fee-back'

/** A price and how it is split, as it was frozen with the booking; minor units. */
export type SplitPrice = { amount: number; currency: string; platformFeeAmount: number }

/** Who bears what of a price came back; minor units, the two add up to it. */
export type ReturnShares = { platform: number; consultant: number }

/**
 * Who bears what was returned of a payment, by refunds and by lost disputes together. Up to the price both bear it in
 * proportion, so that all of it takes exactly the fee and exactly the consultant's share; what exceeds the price (a bank may
 * take back more than was paid) is the platform's alone.
 */
export const computeReturnShares = (price: SplitPrice, returned: number): ReturnShares => {
  const within = Math.min(returned, price.amount)
  const feeBack = computeFeeBack(price, within)
  return { platform: feeBack + returned - within, consultant: within - feeBack }
}

/** What is the consultant's of a price when so much of it came back; minor units. */
export const computeConsultantShare = (price: SplitPrice, returned: number): number =>
  price.amount - price.platformFeeAmount - computeReturnShares(price, returned).consultant
