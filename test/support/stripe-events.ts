import Stripe from 'stripe'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { RestAnswer, RestClient } from './rest-client'
import { webhookSecret } from './stripe-sandbox'

type SandboxEvent = ReturnType<StripeSandbox['control']['events']>[number]

/** Hands an event to our webhook, signed as Stripe signs it. */
export const deliverEvent = (api: RestClient, event: SandboxEvent): Promise<RestAnswer> => {
  const body = JSON.stringify(event)
  const timestamp = Math.floor(Date.now() / 1000)
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: webhookSecret, timestamp })
  return api.post('/stripe/webhooks', body, { 'Stripe-Signature': signature })
}

/** A mailbox of what the sandbox reports: `take` answers what came since it was asked last. */
export const watchEvents = (stripe: StripeSandbox): { take: () => SandboxEvent[] } => {
  const seen = new Set<string>()
  const take = () => {
    const fresh = stripe.control.events().filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    return fresh
  }
  take()
  return { take }
}
