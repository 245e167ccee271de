import { describe, expect, it } from 'vitest'
import { retrieveCharge } from '#payments/stripe/charges'
import { toPaymentIntentFacts } from '#payments/stripe/checkout-facts'
import { cancelPaymentIntent, capturePayment, retrievePaymentIntent } from '#payments/stripe/payment-intents'
import { callStripe } from '#payments/stripe/provider-error'
import { newKey, pay, payCharge, price } from './operations'
import type { Target } from './targets'

const unexpected = { definitive: true, statusCode: 400, code: 'payment_intent_unexpected_state' }

export const describePayments = (target: Target): void => {
  const { stripe, currency } = target

  describe('a payment', () => {
    it('is collected, and what Stripe keeps of it becomes known', async () => {
      const metadata = { paymentId: 'contract' }
      const { id, ...facts } = await pay(target, 'pm_card_visa', { metadata, transfer_group: 'contract' })
      expect(facts).toMatchObject({
        status: 'succeeded',
        amount: price,
        amountReceived: price,
        amountCapturable: 0,
        currency,
        metadata,
        captureBefore: null,
        paymentMethod: 'card',
        receiptUrl: expect.stringMatching(/^https?:\/\//),
        amountRefunded: 0,
        failure: null,
        chargedAt: expect.any(Number),
      })
      const charge = () => retrieveCharge(facts.chargeId ?? '', stripe)
      expect(await charge()).toMatchObject({ payment_intent: id, captured: true, metadata, transfer_group: 'contract' })
      await expect
        .poll(async () => (await charge()).balance_transaction, { timeout: 60_000 })
        .toMatchObject({ object: 'balance_transaction', type: 'charge', fee: expect.any(Number) })
      const { balance } = toPaymentIntentFacts(await retrievePaymentIntent(id, stripe))
      expect(balance?.transactionId).toMatch(/^txn_/)
      expect(balance?.fee.amount).toBeGreaterThan(0)
      expect(balance?.net.amount).toBeGreaterThan(0)
    })

    it('that was authorised waits to be captured, once', async () => {
      const { id: paymentIntentId, ...facts } = await pay(target, 'pm_card_visa', { capture_method: 'manual' })
      expect(facts).toMatchObject({ status: 'requires_capture', amountReceived: 0, amountCapturable: price })
      expect(facts.captureBefore).toBeGreaterThan(Date.now())
      const operation = { paymentIntentId, idempotencyKey: newKey() }
      const captured = { status: 'succeeded', amountReceived: price, amountCapturable: 0 }
      expect(toPaymentIntentFacts(await capturePayment(operation, stripe))).toMatchObject(captured)
      // The same answer once more, not a refusal.
      expect(toPaymentIntentFacts(await capturePayment(operation, stripe))).toMatchObject(captured)
      for (const again of [capturePayment, cancelPaymentIntent]) {
        const key = newKey()
        await expect(again({ paymentIntentId, idempotencyKey: key }, stripe)).rejects.toMatchObject(unexpected)
      }
    })

    it('that was authorised can be let go, for good', async () => {
      const { id: paymentIntentId } = await pay(target, 'pm_card_visa', { capture_method: 'manual' })
      const cancelled = await cancelPaymentIntent(
        { paymentIntentId, idempotencyKey: newKey(), reason: 'requested_by_customer' },
        stripe,
      )
      expect(toPaymentIntentFacts(cancelled)).toMatchObject({ status: 'canceled', amountReceived: 0 })
      const operation = { paymentIntentId, idempotencyKey: newKey() }
      await expect(capturePayment(operation, stripe)).rejects.toMatchObject(unexpected)
    })

    it('that the bank declines says why', async () => {
      await expect(
        callStripe(() => payCharge(target, 'pm_card_visa_chargeDeclinedInsufficientFunds')),
      ).rejects.toMatchObject({
        definitive: true,
        statusCode: 402,
        code: 'card_declined',
        declineCode: 'insufficient_funds',
        cause: { type: 'StripeCardError' },
      })
    })

    it('has to be neither too large nor too small', async () => {
      const tooLarge = callStripe(() => pay(target, 'pm_card_visa', { amount: 100_000_000_000 }))
      await expect(tooLarge).rejects.toMatchObject({ definitive: true, statusCode: 400, code: 'amount_too_large' })
      const tooSmall = callStripe(() => pay(target, 'pm_card_visa', { amount: 1 }))
      await expect(tooSmall).rejects.toMatchObject({ definitive: true, statusCode: 400, code: 'amount_too_small' })
    })
  })
}
