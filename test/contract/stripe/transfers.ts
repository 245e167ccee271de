import { describe, expect, it } from 'vitest'
import { createAccount } from '#payments/stripe/accounts'
import {
  createTransfer,
  listReversals,
  listTransfersOfGroup,
  retrieveTransfer,
  reverseTransfer,
  type TransferRequest,
} from '#payments/stripe/transfers'
import { identity, newKey, payCharge, price } from './operations'
import type { Target } from './targets'

const share = 8_000

export const describeTransfers = (target: Target): void => {
  const { stripe, currency } = target

  const request = (transferGroup: string, changes: Partial<TransferRequest>): TransferRequest => ({
    amount: share,
    currency,
    destination: target.payableAccount,
    sourceCharge: null,
    transferGroup,
    metadata: { transferId: 'contract' },
    description: 'Payout PO-CONTRACT',
    idempotencyKey: newKey(),
    ...changes,
  })

  /** A charge whose money nobody has had yet, and the group that it belongs to. */
  const collect = async () => {
    const { sessionId: group } = identity()
    const { chargeId } = await payCharge(target, 'pm_card_visa', { transfer_group: group })
    return { group, chargeId }
  }

  describe('a transfer', () => {
    it('out of a charge goes out before the money is available, once under its key', async () => {
      const { group, chargeId } = await collect()
      const wanted = request(group, { sourceCharge: chargeId })
      const made = await createTransfer(wanted, stripe)
      expect(made).toMatchObject({
        id: expect.stringMatching(/^tr_/),
        object: 'transfer',
        amount: share,
        amount_reversed: 0,
        currency: currency.toLowerCase(),
        destination: target.payableAccount,
        source_transaction: chargeId,
        transfer_group: group,
        reversed: false,
        metadata: { transferId: 'contract' },
        balance_transaction: expect.stringMatching(/^txn_/),
      })
      expect((await createTransfer(wanted, stripe)).id).toBe(made.id)
      expect(await retrieveTransfer(made.id, stripe)).toMatchObject({ id: made.id, amount: share })
      expect((await listTransfersOfGroup(group, stripe)).map(({ id }) => id)).toEqual([made.id])
    })

    it('does not exceed the charge that it comes out of', async () => {
      const { group, chargeId } = await collect()
      await createTransfer(request(group, { sourceCharge: chargeId }), stripe)
      const second = request(group, { sourceCharge: chargeId, amount: price - share + 1 })
      await expect(createTransfer(second, stripe)).rejects.toMatchObject({ definitive: true, statusCode: 400 })
      expect(await listTransfersOfGroup(group, stripe)).toHaveLength(1)
    })

    it('comes out of the balance where no charge is named', async () => {
      // More than all refunds of this suite take out of what is available.
      await payCharge(target, 'pm_card_bypassPending', { amount: 100 * price })
      const made = await createTransfer(request(identity().sessionId, { amount: 100 }), stripe)
      expect(made).toMatchObject({ amount: 100, source_transaction: null })
    })

    it('does not exceed the balance', async () => {
      const all = request(identity().sessionId, { amount: 9_000_000_000 })
      await expect(createTransfer(all, stripe)).rejects.toMatchObject({
        definitive: true,
        statusCode: 400,
        code: 'balance_insufficient',
      })
    })

    it('to an account that cannot be paid is refused', async () => {
      const names = { payoutAccountId: identity().paymentId, consultantId: 'contract', attempt: 1 }
      const account = await createAccount({ ...names, email: null, country: null, idempotencyKey: newKey() }, stripe)
      const { group, chargeId } = await collect()
      await expect(
        createTransfer(request(group, { sourceCharge: chargeId, destination: account.id }), stripe),
      ).rejects.toMatchObject({ definitive: true, statusCode: 400, code: 'insufficient_capabilities_for_transfer' })
      await stripe.accounts.del(account.id)
    })

    it('can be taken back in parts, and not twice', async () => {
      const { group, chargeId } = await collect()
      const { id: transferId } = await createTransfer(request(group, { sourceCharge: chargeId }), stripe)
      const operation = { transferId, amount: 3_000, metadata: { transferId: 'reversal' }, idempotencyKey: newKey() }
      const made = await reverseTransfer(operation, stripe)
      expect(made).toMatchObject({
        id: expect.stringMatching(/^trr_/),
        object: 'transfer_reversal',
        amount: 3_000,
        currency: currency.toLowerCase(),
        transfer: transferId,
        metadata: { transferId: 'reversal' },
      })
      expect((await reverseTransfer(operation, stripe)).id).toBe(made.id)
      expect(await retrieveTransfer(transferId, stripe)).toMatchObject({ amount_reversed: 3_000, reversed: false })
      const tooMuch = { ...operation, amount: share - 3_000 + 1, idempotencyKey: newKey() }
      await expect(reverseTransfer(tooMuch, stripe)).rejects.toMatchObject({ definitive: true, statusCode: 400 })
      await reverseTransfer({ ...operation, amount: share - 3_000, idempotencyKey: newKey() }, stripe)
      expect(await retrieveTransfer(transferId, stripe)).toMatchObject({ amount_reversed: share, reversed: true })
      expect((await listReversals(transferId, stripe)).map(({ amount }) => amount).sort()).toEqual([3_000, 5_000])
    })
  })
}
