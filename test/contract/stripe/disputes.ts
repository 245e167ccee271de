import { describe, expect, it } from 'vitest'
import {
  closeDispute,
  type DisputeFacts,
  listDisputesOfCharge,
  retrieveDispute,
  submitEvidence,
} from '#payments/stripe/disputes'
import { refundPayment } from '#payments/stripe/refund-payment'
import { newKey, payCharge, price } from './operations'
import type { Target } from './targets'

/** Stripe's own cards complain within seconds, and its own words decide at once. */
const soon = { timeout: 90_000, interval: 500 }

export const describeDisputes = (target: Target): void => {
  const { stripe, currency } = target

  const complain = async () => {
    const { paymentIntentId, chargeId } = await payCharge(target, 'pm_card_createDispute', {
      metadata: { paymentId: 'contract' },
    })
    target.letTimePass()
    let found: DisputeFacts | undefined
    await expect
      .poll(async () => ([found] = await listDisputesOfCharge(chargeId, stripe)), soon)
      .toMatchObject([{ movements: [{}] }])
    if (!found) throw new Error(`Nobody disputes ${chargeId}.`)
    return { paymentIntentId, chargeId, dispute: found }
  }

  describe('a dispute', () => {
    it('takes the money, freezes the charge, and can be won', async () => {
      const { paymentIntentId, chargeId, dispute } = await complain()
      const facts = {
        id: expect.stringMatching(/^(du|dp)_/),
        amount: price,
        currency,
        reason: 'fraudulent',
        openedAt: expect.any(Number),
        chargeId,
        paymentIntentId,
        metadata: { paymentId: 'contract' },
      }
      expect(dispute).toMatchObject({ ...facts, status: 'needs_response', evidenceDueBy: expect.any(Number) })
      expect(dispute.movements).toMatchObject([{ fee: expect.any(Number) }])
      expect(dispute.movements[0]?.amount).toBeLessThan(0)
      expect(await retrieveDispute(dispute.id, stripe)).toEqual(dispute)
      await expect(
        refundPayment({ paymentIntentId, amount: price, metadata: {}, idempotencyKey: newKey() }, stripe),
      ).rejects.toMatchObject({ definitive: true, code: 'charge_disputed' })

      const operation = { disputeId: dispute.id, idempotencyKey: newKey() }
      const evidence = { uncategorized_text: 'winning_evidence', service_date: '2026-03-02' }
      expect(['under_review', 'won']).toContain((await submitEvidence({ ...operation, evidence }, stripe)).status)
      target.letTimePass()
      await expect.poll(async () => (await retrieveDispute(dispute.id, stripe)).movements, soon).toHaveLength(2)
      const won = await retrieveDispute(dispute.id, stripe)
      expect(won).toMatchObject({ ...facts, status: 'won' })
      expect(won.movements.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
    })

    it('can be given up, and then nothing more can be said', async () => {
      const { dispute } = await complain()
      const operation = { disputeId: dispute.id, idempotencyKey: newKey() }
      expect(await closeDispute(operation, stripe)).toMatchObject({ id: dispute.id, status: 'lost' })
      expect(await closeDispute(operation, stripe)).toMatchObject({ id: dispute.id, status: 'lost' })
      const late = { ...operation, evidence: { uncategorized_text: 'But …' }, idempotencyKey: newKey() }
      await expect(submitEvidence(late, stripe)).rejects.toMatchObject({ definitive: true, statusCode: 400 })
    })

    it('that is not there cannot be read', async () => {
      await expect(retrieveDispute('du_nothingofthatname', stripe)).rejects.toMatchObject({ code: 'resource_missing' })
    })
  })
}
