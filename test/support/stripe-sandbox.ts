import Stripe from 'stripe'
import { startStripeSandbox, type StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { cleanUpLater } from './clean-up'

export const webhookSecret = 'whsec_test_0123456789'

/** Stripe's client tries again as often as ever, but nobody has to wait for it: half a second and more before each attempt. */
const retryWithoutDelay = (): void => {
  Stripe.prototype.getInitialNetworkRetryDelay = () => 0.001
  Stripe.prototype.getMaxNetworkRetryDelay = () => 0.001
}

/** A Stripe of this test file alone, and the environment that points Parley at it. */
export const openStripeSandbox = async (
  options: { webhookUrl?: string; retryDelays?: number[] } = {},
): Promise<{ stripe: StripeSandbox; env: Record<string, string> }> => {
  retryWithoutDelay()
  const stripe = await startStripeSandbox({
    port: 0,
    host: '127.0.0.1',
    webhookSecret,
    retryDelays: [20, 50, 100, 200],
    ...options,
  })
  cleanUpLater(() => stripe.close())
  return {
    stripe,
    env: { STRIPE_SECRET_KEY: 'sk_test_parley', STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_BASE: stripe.url },
  }
}
