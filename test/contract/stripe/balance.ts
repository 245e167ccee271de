import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { handlerOf } from '#checkout/stripe-events/handlers'
import { type BalanceMovement, listBalanceMovements, listMovementsOf } from '#payments/stripe/balance-transactions'
import { refundPayment } from '#payments/stripe/refund-payment'
import { createTransfer, reverseTransfer } from '#payments/stripe/transfers'
import { verifyWebhook } from '#payments/stripe/verify-webhook'
import { identity, newKey, payCharge, price } from './operations'
import type { Target } from './targets'

const signingSecret = 'whsec_of_the_contract'

export const describeBalance = (target: Target): void => {
  const { stripe, currency } = target

  /** Everything that moves money once. → what moved it. */
  const moveMoney = async () => {
    const metadata = { paymentId: 'contract' }
    const { sessionId: transferGroup } = identity()
    const { paymentIntentId, chargeId } = await payCharge(target, 'pm_card_visa', {
      metadata,
      transfer_group: transferGroup,
    })
    const refund = await refundPayment({ paymentIntentId, amount: 1_000, metadata, idempotencyKey: newKey() }, stripe)
    const transfer = await createTransfer(
      {
        amount: 5_000,
        currency,
        destination: target.payableAccount,
        sourceCharge: chargeId,
        transferGroup,
        metadata,
        description: 'Payout PO-CONTRACT',
        idempotencyKey: newKey(),
      },
      stripe,
    )
    const reversal = await reverseTransfer(
      { transferId: transfer.id, amount: 2_000, metadata, idempotencyKey: newKey() },
      stripe,
    )
    return { paymentIntentId, chargeId, refundId: refund.id, transferId: transfer.id, reversalId: reversal.id }
  }

  describe('the balance', () => {
    it('has an entry for whatever moves money, which names the object', async () => {
      const from = Date.now() - 60_000
      const moved = await moveMoney()
      const { paymentIntentId, transferId } = moved
      const whole = { isFinal: true, isUndone: false, metadata: { paymentId: 'contract' } }
      const expected = [
        { kind: 'charge', objectId: moved.chargeId, amount: { amount: price, currency }, paymentIntentId, ...whole },
        { kind: 'refund', objectId: moved.refundId, amount: { amount: 1_000, currency }, paymentIntentId, ...whole },
        { kind: 'transfer', objectId: transferId, amount: { amount: 5_000, currency }, transferId, ...whole },
        {
          kind: 'transfer_reversal',
          objectId: moved.reversalId,
          amount: { amount: 2_000, currency },
          transferId,
          ...whole,
        },
      ]
      const objectIds = expected.map(({ objectId }) => objectId)
      // Stripe's lists may lag behind by a moment.
      let entries: BalanceMovement[] = []
      await expect
        .poll(
          async () => {
            const page = await listBalanceMovements({ from, until: Date.now() + 60_000, after: null }, stripe)
            entries = page.movements.filter(({ objectId }) => objectIds.includes(objectId))
            return entries.length
          },
          { timeout: 60_000, interval: 1_000 },
        )
        .toBe(expected.length)
      for (const entry of expected) {
        expect(entries).toContainEqual(expect.objectContaining(entry))
        expect(await listMovementsOf(entry.objectId, stripe)).toMatchObject([entry])
      }
      expect(entries.find(({ kind }) => kind === 'charge')?.fee.amount).toBeGreaterThan(0)
    })

    it('is read page by page, the newest first', async () => {
      await moveMoney()
      const range = { from: Date.now() - 86_400_000, until: Date.now() + 60_000 }
      const { movements } = await listBalanceMovements({ ...range, after: null }, stripe)
      const [first, ...rest] = movements
      const next = await listBalanceMovements({ ...range, after: first?.id ?? null }, stripe)
      expect(next.movements[0]?.id).toBe(rest[0]?.id)
    })

    it('has nothing of what never was', async () => {
      expect(await listMovementsOf('re_nothingofthatname', stripe)).toEqual([])
    })
  })

  describe('an event', () => {
    it('is listed as the inbox takes it, and somebody deals with it', async () => {
      const { chargeId } = await moveMoney()
      const isOfCharge = ({ data: { object } }: Stripe.Event) => 'id' in object && object.id === chargeId
      let found: Stripe.Event | undefined
      await expect
        .poll(
          async () => {
            found = (await stripe.events.list({ type: 'charge.refunded', limit: 20 })).data.find(isOfCharge)
            return found
          },
          { timeout: 60_000, interval: 1_000 },
        )
        .toMatchObject({ object: 'event', type: 'charge.refunded', livemode: false, created: expect.any(Number) })
      const rawBody = JSON.stringify(found)
      const signature = Stripe.webhooks.generateTestHeaderString({ payload: rawBody, secret: signingSecret })
      const event = verifyWebhook({ rawBody, signature, secrets: [signingSecret] })
      expect(event?.id).toMatch(/^evt_/)
      expect(handlerOf({ type: event?.type ?? '', account: event?.account ?? '' })).toBeTypeOf('function')
    })
  })
}
