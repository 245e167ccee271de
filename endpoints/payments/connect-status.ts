import { z } from 'zod'
import { computeAccountView } from '#payments/account/compute-account-view'
import { findPayoutAccount, sumHeldForAccount } from '#payments/account/payout-account-queries'
import { ProviderError } from '#payments/stripe/provider-error'
import { createLoginLink } from '#payments/stripe/accounts'
import { syncPayoutAccount } from '#payments/account/sync-payout-account'
import { DomainError } from '#shared/errors'
import { slugOrId } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand, defineEndpoint } from '../support/define-endpoint'
import { dateTime, money } from '../support/schemas'
import { explainStripe } from './explain-stripe'
import { findPayee } from './find-payee'
import { isoOrNull } from '#shared/time'

const accountStatus = z
  .object({
    status: z.enum(['none', 'onboarding', 'pending', 'active', 'restricted', 'disconnected']),
    label: z.string().describe('The same for people, in English'),
    isPayable: z.boolean().describe('Payouts arrive'),
    country: z.string().nullable(),
    defaultCurrency: z.string().nullable(),
    detailsSubmitted: z.boolean(),
    payoutsEnabled: z.boolean().describe('What arrives goes on to the bank'),
    missing: z.array(
      z.object({
        text: z.string().describe('What to do, in English'),
        codes: z.array(z.string()).describe("Stripe's codes for it"),
        isLate: z.boolean(),
        problem: z.string().nullable().describe('Why what was given before did not pass'),
      }),
    ),
    deadline: dateTime.nullable().describe('Until when the missing details have to be given'),
    disabledReason: z.object({ code: z.string(), text: z.string() }).nullable(),
    held: z
      .object({ count: z.int(), amounts: z.array(money).describe('One for each currency') })
      .describe('Payouts that wait for the account'),
    checkedAt: dateTime.nullable().describe('When Stripe was asked; earlier than now when it cannot be reached'),
  })
  .meta({ id: 'PayoutAccountStatus' })
const consultant = slugOrId.optional().describe('For staff: whose account')

export const connectStatus = defineEndpoint({
  method: 'get',
  path: '/payments/connect/status',
  operationId: 'getConnectStatus',
  tag: 'Payments',
  summary: 'Whether a consultant can be paid, and what is missing',
  description: 'Asks Stripe; while that cannot be reached, answers what it said last.',
  security: 'login',
  query: z.strictObject({ consultant }),
  answers: { 200: { description: 'How the account stands', schema: accountStatus } },
  refusals: ['unauthenticated', 'forbidden', 'not_found'],
  limit: 'change',
  handle: async ({ req, caller, query }) => {
    const consultantId = await findPayee(req, caller, query.consultant)
    const known = await findPayoutAccount(req, consultantId)
    if (known?.stripeAccountId) {
      try {
        await syncPayoutAccount(req.payload, known.id)
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        req.payload.logger.warn({ err: error, payoutAccountId: known.id, msg: 'Stripe cannot be asked for an account' })
      }
    }
    const account = await findPayoutAccount(req, consultantId)
    const { deadline, syncedAt, ...view } = computeAccountView(account, await sumHeldForAccount(req, consultantId))
    return json({ ...view, deadline: isoOrNull(deadline), checkedAt: isoOrNull(syncedAt) })
  },
})

export const connectDashboard = defineCommand({
  method: 'post',
  path: '/payments/connect/dashboard',
  operationId: 'openConnectDashboard',
  tag: 'Payments',
  summary: "The way into Stripe's dashboard for a consultant",
  description:
    'Good for one visit within minutes. There are the balance, the payouts to the bank and the bank account.',
  security: 'login',
  body: z.strictObject({ consultant }),
  answers: { 200: { description: 'Where to send the consultant', schema: z.object({ url: z.string() }) } },
  refusals: ['unauthenticated', 'forbidden', 'not_found', 'illegal_transition', 'provider_failed'],
  limit: 'change',
  handle: async ({ req, caller, body }) => {
    const account = await findPayoutAccount(req, await findPayee(req, caller, body.consultant))
    if (!account?.stripeAccountId || account.status === 'disconnected') {
      throw new DomainError('illegal_transition', 'There is no account yet. Begin with the onboarding.')
    }
    return { subject: account.stripeAccountId }
  },
  finish: async ({ req, subject }) => {
    const refusal = 'Stripe opens its dashboard once the details are given. Go on with the onboarding.'
    return json({ url: await explainStripe(req, refusal, () => createLoginLink(subject)) })
  },
})
