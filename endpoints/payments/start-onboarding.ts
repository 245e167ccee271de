import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { isStaff } from '#access/roles'
import { openPayoutAccount, preparePayoutAccount } from '#payments/account/open-payout-account'
import { createAccountLink } from '#payments/stripe/accounts'
import { country, slugOrId } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { refreshUrl, returnUrl } from './connect-pages'
import { explainStripe } from './explain-stripe'
import { findPayee } from './find-payee'

/** A page of Stripe's for this account; it is opened first if that has not happened yet. */
export const openOnboarding = (
  req: PayloadRequest,
  account: { payoutAccountId: string; country?: string | undefined },
): Promise<string> =>
  explainStripe(req, 'Stripe has closed this account. Contact us.', async () => {
    const { payoutAccountId, country } = account
    const { stripeAccountId, consultantId } = await openPayoutAccount(req.payload, { payoutAccountId, country })
    return createAccountLink({
      accountId: stripeAccountId,
      refreshUrl: refreshUrl(consultantId),
      returnUrl: returnUrl(isStaff(req) ? consultantId : undefined),
    })
  })

export const startOnboardingEndpoint = defineCommand({
  method: 'post',
  path: '/payments/connect/onboarding',
  operationId: 'startOnboarding',
  tag: 'Payments',
  summary: 'The page on which a consultant tells Stripe what payouts need',
  description:
    'For the consultant, and for staff who name one. The account is opened at the first call. The page is good for one visit within minutes; after that Stripe leads back here for another one. Coming back from it does not mean that everything was given: ask for the status.',
  security: 'login',
  body: z.strictObject({
    consultant: slugOrId.optional().describe('For staff: whose account'),
    country: country
      .optional()
      .describe('Where the account is; cannot be changed later. Left out: the country of the platform'),
  }),
  answers: { 200: { description: 'Where to send the consultant', schema: z.object({ url: z.string() }) } },
  refusals: ['unauthenticated', 'forbidden', 'not_found', 'illegal_transition', 'outside_policy', 'provider_failed'],
  limit: 'change',
  handle: async ({ req, caller, body }) => {
    const consultantId = await findPayee(req, caller, body.consultant)
    return { subject: await preparePayoutAccount(req, { consultantId, country: body.country }) }
  },
  finish: async ({ req, subject, body }) =>
    json({ url: await openOnboarding(req, { payoutAccountId: subject, country: body.country }) }),
})
