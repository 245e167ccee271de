import { z } from 'zod'
import { isStaff } from '#access/roles'
import { findPayoutAccount } from '#payments/account/payout-account-queries'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { slugOrId } from '#shared/input'
import { redirect } from '../support/answer'
import { pageLanguage } from '../support/page-language'
import { continuePage, continuePageAnswer } from '../support/continue-page'
import { defineEndpoint } from '../support/define-endpoint'
import { payoutsPage, refreshUrl } from './connect-pages'
import { findPayee } from './find-payee'
import { openOnboarding } from './start-onboarding'

/** Where a link is renewed. Only for the login that the account belongs to: whoever has the address gets nothing by it. */
export const refreshOnboardingEndpoint = defineEndpoint({
  method: 'get',
  path: '/payments/connect/refresh',
  operationId: 'refreshOnboarding',
  tag: 'Payments',
  summary: 'A new page of Stripe in place of one that was used or is too old',
  description: 'Stripe sends the visitor here. Answers with a redirect; who is not logged in is asked to.',
  security: 'login',
  query: z.strictObject({
    consultant: slugOrId,
    again: z.literal('1').optional().describe('Set by our own page in between'),
  }),
  answers: {
    200: { ...continuePageAnswer, description: 'A page that comes back by itself, with the cookie' },
    302: { description: "Stripe's page, the payouts, or the login", headers: { Location: 'Where to go on' } },
  },
  refusals: ['forbidden', 'not_found'],
  limit: 'change',
  handle: async ({ req, caller, query }) => {
    if (!caller.user) {
      if (query.again === undefined)
        return continuePage(`${refreshUrl(query.consultant)}&again=1`, pageLanguage(req.headers))
      return redirect(`${settings.serverUrl}/admin/login?redirect=${encodeURIComponent('/admin/payouts')}`)
    }
    const consultantId = await findPayee(req, caller, query.consultant)
    const page = payoutsPage(isStaff(req) ? consultantId : undefined)
    const account = await findPayoutAccount(req, consultantId)
    if (!account) return redirect(page)
    try {
      return redirect(await openOnboarding(req, { payoutAccountId: account.id }))
    } catch (error) {
      // The payouts say how the account stands, and offer the way in once more.
      if (error instanceof DomainError) return redirect(page)
      throw error
    }
  },
})

export const returnFromOnboardingEndpoint = defineEndpoint({
  method: 'get',
  path: '/payments/connect/return',
  operationId: 'returnFromOnboarding',
  tag: 'Payments',
  summary: 'The way back from Stripe to the payouts in the admin',
  query: z.strictObject({ consultant: slugOrId.optional() }),
  answers: { 200: continuePageAnswer },
  refusals: [],
  limit: 'browse',
  isStandalone: true,
  handle: ({ req, query }) => continuePage(payoutsPage(query.consultant), pageLanguage(req.headers)),
})
