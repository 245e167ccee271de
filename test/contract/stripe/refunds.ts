import { describe, expect, it } from 'vitest'
import { listRefunds, listRefundsOfCharge, refundPayment, retrieveRefund } from '#payments/stripe/refund-payment'
import { newKey, payCharge, price } from './operations'
import type { Target } from './targets'

export const describeRefunds = (target: Target): void => {
  const { stripe, currency } = target
  const refund = (paymentIntentId: string, amount: number, idempotencyKey = newKey(), refundId = 'contract') =>
    refundPayment(
      { paymentIntentId, amount, reason: 'requested_by_customer', metadata: { refundId }, idempotencyKey },
      stripe,
    )

  describe('a refund', () => {
    it('returns a part, and is found by its payment, its charge and its metadata', async () => {
      const { paymentIntentId, chargeId } = await payCharge(target)
      const made = await refund(paymentIntentId, 5_000, newKey(), 'first')
      const second = await refund(paymentIntentId, 5_000, newKey(), 'second')
      expect(made).toMatchObject({
        id: expect.stringMatching(/^(re|pyr)_/),
        object: 'refund',
        amount: 5_000,
        currency: currency.toLowerCase(),
        charge: chargeId,
        payment_intent: paymentIntentId,
        reason: 'requested_by_customer',
        status: 'succeeded',
        metadata: { refundId: 'first' },
      })
      expect(await retrieveRefund(made.id, stripe)).toMatchObject({ id: made.id, amount: 5_000, status: 'succeeded' })
      // The newest first, unless both are of one second.
      const ids = [made.id, second.id].sort()
      expect((await listRefunds(paymentIntentId, stripe)).map(({ id }) => id).sort()).toEqual(ids)
      const ofCharge = await listRefundsOfCharge(chargeId, stripe)
      expect(ofCharge.map(({ id }) => id).sort()).toEqual(ids)
      expect(ofCharge.find(({ metadata }) => metadata?.refundId === 'second')?.id).toBe(second.id)
    })

    it('under the same key is one, and the key stands for nothing else', async () => {
      const { paymentIntentId } = await payCharge(target)
      const key = newKey()
      const made = await refund(paymentIntentId, 1_000, key)
      expect((await refund(paymentIntentId, 1_000, key)).id).toBe(made.id)
      await expect(refund(paymentIntentId, 2_000, key)).rejects.toMatchObject({
        outcome: 'unknown',
        statusCode: 400,
        cause: { type: 'StripeIdempotencyError' },
      })
      expect(await listRefunds(paymentIntentId, stripe)).toHaveLength(1)
    })

    it('never returns more than there is', async () => {
      const { paymentIntentId } = await payCharge(target)
      await refund(paymentIntentId, 5_000)
      await expect(refund(paymentIntentId, price)).rejects.toMatchObject({
        definitive: true,
        statusCode: 400,
        message: expect.stringMatching(/greater than unrefunded amount/),
      })
      await refund(paymentIntentId, price - 5_000)
      await expect(refund(paymentIntentId, 1)).rejects.toMatchObject({
        definitive: true,
        statusCode: 400,
        code: 'charge_already_refunded',
      })
    })

    it('of money that was only authorised is refused', async () => {
      const { paymentIntentId } = await payCharge(target, 'pm_card_visa', { capture_method: 'manual' })
      await expect(refund(paymentIntentId, 1_000)).rejects.toMatchObject({ definitive: true, statusCode: 400 })
    })

    it('of nothing is refused', async () => {
      await expect(refund('pi_nothingofthatname', 1_000)).rejects.toMatchObject({
        definitive: true,
        code: 'resource_missing',
      })
    })
  })
}
