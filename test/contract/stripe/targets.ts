import type Stripe from 'stripe'
import { createStripeClient } from '#payments/stripe/stripe-client'
import { startStripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { openAccount } from '../../integration/stripe-sandbox/support'
import { recordCalls } from './record-calls'

/** One Stripe that the contract is checked against. */
export type Target = {
  name: 'the sandbox' | 'Stripe'
  stripe: Stripe
  /** Of `stripe`, as the SDK names them, so far. */
  calls: Set<string>
  /** The same Stripe for somebody with another key. */
  withKey: (secretKey: string) => Stripe
  /** Of the platform, ISO 4217, upper case; it has two decimals. */
  currency: string
  /** An Express account, onboarding done, to which money of the platform can be transferred. */
  payableAccount: string
  /** What takes Stripe seconds (a bank decides) may happen now. */
  letTimePass: () => void
  close: () => Promise<void>
}

const openSandbox = async (): Promise<Target> => {
  const secretKey = 'sk_test_of_the_contract'
  const sandbox = await startStripeSandbox({ port: 0, host: '127.0.0.1', secretKey })
  const withKey = (key: string) => createStripeClient({ secretKey: key, apiBase: sandbox.url, maxNetworkRetries: 0 })
  const calls = new Set<string>()
  const stripe = recordCalls(withKey(secretKey), calls)
  const { id } = await openAccount({ ...sandbox, stripe })
  sandbox.control.completeAccount(id)
  calls.clear()
  return {
    name: 'the sandbox',
    stripe,
    calls,
    withKey,
    currency: 'GBP',
    payableAccount: id,
    letTimePass: () => {
      sandbox.control.advanceClock(10_000)
    },
    close: sandbox.close,
  }
}

/** @throws Error when the key is a live one, or no account is named. */
const openStripe = async (secretKey: string, payableAccount: string | undefined): Promise<Target> => {
  if (!secretKey.startsWith('sk_test_')) throw new Error('STRIPE_CONTRACT_KEY must be a test key (sk_test_…).')
  if (!payableAccount) {
    throw new Error('STRIPE_CONTRACT_ACCOUNT must name an Express account of that platform that can be paid (acct_…).')
  }
  const withKey = (key: string) => createStripeClient({ secretKey: key })
  const stripe = withKey(secretKey)
  const platform = await stripe.accounts.retrieveCurrent()
  const calls = new Set<string>()
  return {
    name: 'Stripe',
    stripe: recordCalls(stripe, calls),
    calls,
    withKey,
    currency: (platform.default_currency ?? 'usd').toUpperCase(),
    payableAccount,
    letTimePass: () => undefined,
    close: () => Promise.resolve(),
  }
}

/** The sandbox, and Stripe itself where there is a key for it. */
export const openTargets = async ({
  STRIPE_CONTRACT_KEY: key,
  STRIPE_CONTRACT_ACCOUNT: account,
}: NodeJS.ProcessEnv): Promise<Target[]> => [await openSandbox(), ...(key ? [await openStripe(key, account)] : [])]
