import Stripe from 'stripe'
import { settings } from '#settings'
import { countedHttpClient } from './counted-http-client'
import { stripeApiVersion } from './stripe-api-version'

export type StripeClientOptions = {
  secretKey: string
  /** Another host, for the sandbox or a proxy: `http://localhost:4010`. Without a path. */
  apiBase?: string | undefined
  /** How long to wait for one answer, milliseconds. */
  timeoutMs?: number
  /** How often the SDK repeats a request (with the same idempotency key) after a broken connection or a 5xx. */
  maxNetworkRetries?: number
}

const hostOf = (apiBase: string) => {
  const url = new URL(apiBase)
  const protocol = url.protocol === 'http:' ? ('http' as const) : ('https' as const)
  if (url.pathname !== '/' || url.search) throw new Error('The base address of Stripe must have no path.')
  return { protocol, host: url.hostname, port: url.port || (protocol === 'http' ? '80' : '443') }
}

/** A client of Stripe's API. Idempotency keys are the caller's; the SDK adds one of its own only where none is given. */
export const createStripeClient = ({
  secretKey,
  apiBase,
  timeoutMs = 15_000,
  maxNetworkRetries = 2,
}: StripeClientOptions): Stripe =>
  new Stripe(secretKey, {
    apiVersion: stripeApiVersion,
    timeout: timeoutMs,
    maxNetworkRetries,
    telemetry: false,
    httpClient: countedHttpClient(),
    ...(apiBase ? hostOf(apiBase) : {}),
  })

let client: Stripe | undefined

/**
 * The client of this process, from the settings.
 * @throws Error when no key is set; the start command sets the sandbox's where there is none.
 */
export const getStripe = (): Stripe => {
  const { secretKey, apiBase } = settings.stripe
  if (!secretKey) throw new Error('STRIPE_SECRET_KEY is not set.')
  return (client ??= createStripeClient({ secretKey, apiBase }))
}
