import { describe, expect, it } from 'vitest'
import { toConnectedAccount } from '#payments/stripe/account-facts'
import {
  createAccount,
  createAccountLink,
  createLoginLink,
  findCreatedAccount,
  retrieveAccount,
} from '#payments/stripe/accounts'
import { identity, newKey } from './operations'
import type { Target } from './targets'

const urls = { refreshUrl: 'https://example.com/again', returnUrl: 'https://example.com/back' }

export const describeAccounts = (target: Target): void => {
  const { stripe } = target

  const open = async () => {
    const names = { payoutAccountId: identity().paymentId, consultantId: 'contract', attempt: 1 }
    const request = { ...names, email: 'expert@example.com', country: null, idempotencyKey: newKey() }
    return { request, account: await createAccount(request, stripe) }
  }

  describe('a connected account', () => {
    it('begins with nothing but requirements, is found again, and can be taken away', async () => {
      const since = Date.now()
      const { request, account } = await open()
      expect((await createAccount(request, stripe)).id).toBe(account.id)
      const facts = toConnectedAccount(account)
      expect(facts).toMatchObject({
        id: expect.stringMatching(/^acct_/),
        email: 'expert@example.com',
        country: expect.stringMatching(/^[A-Z]{2}$/),
        defaultCurrency: expect.stringMatching(/^[A-Z]{3}$/),
        detailsSubmitted: false,
        payoutsEnabled: false,
        transfersCapability: 'inactive',
        disabledReason: expect.any(String),
        metadata: { payoutAccountId: request.payoutAccountId, consultantId: 'contract', attempt: '1' },
      })
      expect(facts.currentlyDue).toEqual(expect.arrayContaining(['external_account', 'tos_acceptance.date']))
      expect((await findCreatedAccount({ ...request, since }, stripe))?.id).toBe(account.id)
      expect(await findCreatedAccount({ ...request, attempt: 2, since }, stripe)).toBeUndefined()
      await stripe.accounts.del(account.id)
      expect(await retrieveAccount(account.id, stripe)).toBeUndefined()
    })

    it('is led to a page where the details are given, and to its dashboard only after that', async () => {
      const { account } = await open()
      expect(await createAccountLink({ accountId: account.id, ...urls }, stripe)).toMatch(/^https?:\/\//)
      await expect(createLoginLink(account.id, stripe)).rejects.toMatchObject({ definitive: true, statusCode: 400 })
      await stripe.accounts.del(account.id)
      await expect(createAccountLink({ accountId: account.id, ...urls }, stripe)).rejects.toMatchObject({
        definitive: true,
      })
    })

    it('whose onboarding is done can be paid, and has a dashboard', async () => {
      const account = await retrieveAccount(target.payableAccount, stripe)
      expect(account && toConnectedAccount(account)).toMatchObject({
        detailsSubmitted: true,
        transfersCapability: 'active',
        disabledReason: null,
      })
      expect(await createLoginLink(target.payableAccount, stripe)).toMatch(/^https?:\/\//)
    })

    it('that is not ours is as if it were not there', async () => {
      expect(await retrieveAccount('acct_1NobodyOfThatName', stripe)).toBeUndefined()
    })

    it('is not opened where Stripe opens none', async () => {
      const request = { ...(await open()).request, country: 'AQ', idempotencyKey: newKey() }
      await expect(createAccount(request, stripe)).rejects.toMatchObject({ definitive: true, statusCode: 400 })
    })
  })
}
