import type Stripe from 'stripe'
import { callStripe, ProviderError } from './provider-error'
import { getStripe } from './stripe-client'

/** Names our record in Stripe's, so that an account whose creation we never heard of is known again. */
const accountMetadata = (account: { payoutAccountId: string; consultantId: string; attempt: number }) => ({
  payoutAccountId: account.payoutAccountId,
  consultantId: account.consultantId,
  attempt: String(account.attempt),
})

export type AccountRequest = {
  payoutAccountId: string
  consultantId: string
  attempt: number
  email: string | null
  /** ISO 3166, two letters; null: the platform's own. */
  country: string | null
  /** Of the record and its attempt; committed before the call. */
  idempotencyKey: string
}

/**
 * Opens an Express account: Stripe collects the details on its own pages, the platform bears fees and losses. It is asked to
 * receive transfers and nothing else, because customers pay the platform.
 * @throws ProviderError; definitive with code `country_unsupported` where Stripe opens none.
 */
export const createAccount = (request: AccountRequest, stripe: Stripe = getStripe()): Promise<Stripe.Account> =>
  callStripe(() =>
    stripe.accounts.create(
      {
        ...(request.country === null ? {} : { country: request.country }),
        ...(request.email === null ? {} : { email: request.email }),
        controller: {
          fees: { payer: 'application' },
          losses: { payments: 'application' },
          requirement_collection: 'stripe',
          stripe_dashboard: { type: 'express' },
        },
        capabilities: { transfers: { requested: true } },
        metadata: accountMetadata(request),
      },
      { idempotencyKey: request.idempotencyKey },
    ),
  )

/** How Stripe says that an account is not, or no longer, connected to the platform. */
const goneCodes: readonly (string | undefined)[] = ['account_invalid', 'resource_missing']

/** An account as it is now; undefined when it is not connected to the platform any more. @throws ProviderError */
export const retrieveAccount = async (
  accountId: string,
  stripe: Stripe = getStripe(),
): Promise<Stripe.Account | undefined> => {
  try {
    return await callStripe(() => stripe.accounts.retrieve(accountId))
  } catch (error) {
    if (error instanceof ProviderError && goneCodes.includes(error.code)) return undefined
    throw error
  }
}

/**
 * The account that was made for this attempt, if one was: for a creation that is so long ago that Stripe has forgotten its key.
 * @param request.since epoch ms; when the record was made. @throws ProviderError
 */
export const findCreatedAccount = async (
  request: { payoutAccountId: string; attempt: number; since: number },
  stripe: Stripe = getStripe(),
): Promise<Stripe.Account | undefined> => {
  const gte = Math.floor(request.since / 1000) - 60
  const accounts = await callStripe(() =>
    stripe.accounts.list({ created: { gte }, limit: 100 }).autoPagingToArray({ limit: 10_000 }),
  )
  return accounts.find(
    ({ metadata }) =>
      metadata?.payoutAccountId === request.payoutAccountId && metadata.attempt === String(request.attempt),
  )
}

/**
 * A page of Stripe's on which the missing details are given. It opens once and for minutes only; then Stripe sends the visitor
 * to `refreshUrl` for another one. No key: a second link does no harm.
 * @throws ProviderError; definitive for an account that is closed.
 */
export const createAccountLink = async (
  request: { accountId: string; refreshUrl: string; returnUrl: string },
  stripe: Stripe = getStripe(),
): Promise<string> => {
  const link = await callStripe(() =>
    stripe.accountLinks.create({
      account: request.accountId,
      type: 'account_onboarding',
      refresh_url: request.refreshUrl,
      return_url: request.returnUrl,
      // Asked for at once what would be asked for later anyway: one visit instead of several.
      collection_options: { fields: 'eventually_due' },
    }),
  )
  return link.url
}

/** Into the Express dashboard, where balance and bank account are. @throws ProviderError; definitive before onboarding. */
export const createLoginLink = async (accountId: string, stripe: Stripe = getStripe()): Promise<string> => {
  const link = await callStripe(() => stripe.accounts.createLoginLink(accountId))
  return link.url
}
