import Stripe from 'stripe'
import { z } from 'zod'
import type { StripeEvent } from './stripe-objects'

/** How old a signature may be, in seconds; Stripe signs each delivery anew. */
export const webhookTolerance = 300

/** What we rely on of an event before anything of it is read anew. */
const eventShape = z.looseObject({
  id: z.string().min(1).max(255),
  object: z.literal('event'),
  type: z.string().min(1).max(255),
  account: z.string().max(255).optional(),
  api_version: z.string().max(255).nullish(),
  livemode: z.boolean(),
  created: z.int().nonnegative(),
  data: z.looseObject({ object: z.looseObject({}) }),
})

const isEvent = (value: unknown): value is StripeEvent => eventShape.safeParse(value).success

/**
 * The event of a delivery if it was signed with one of the secrets within the last five minutes; else undefined, and then
 * nothing of it may be believed or stored.
 * @param delivery.rawBody the body as it came: parsing it and writing it anew would break the signature.
 * @param delivery.secrets several while a secret is rotated; blank ones are never used.
 * @param delivery.now epoch ms.
 */
export const verifyWebhook = ({
  rawBody,
  signature,
  secrets,
  now = Date.now(),
}: {
  rawBody: string
  signature: string | null
  secrets: readonly string[]
  now?: number
}): StripeEvent | undefined => {
  if (!signature) return undefined
  for (const secret of secrets) {
    if (!secret.trim()) continue
    try {
      const event: unknown = Stripe.webhooks.constructEvent(
        rawBody,
        signature,
        secret,
        webhookTolerance,
        undefined,
        now,
      )
      if (isEvent(event)) return event
    } catch (error) {
      if (error instanceof Stripe.errors.StripeSignatureVerificationError) continue
      // A signed body that is no JSON: not an event either.
      return undefined
    }
  }
  return undefined
}
