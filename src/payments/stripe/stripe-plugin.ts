import { stripePlugin as officialPlugin } from '@payloadcms/plugin-stripe'
import type { Plugin } from 'payload'
import { settings } from '#settings'

/**
 * Payload's own Stripe plugin, for its links into Stripe's dashboard. What it would do on its own is left out: its webhook
 * route answers before anything is stored and so loses events (ours stands in its place), its sync calls Stripe inside hooks,
 * and its REST proxy hands the secret key's powers to every login. docs/decisions has the reasons in full.
 */
export const stripePlugin: Plugin = (config) => {
  const own = config.endpoints ?? []
  const extended = officialPlugin({
    stripeSecretKey: settings.stripe.secretKey ?? '',
    isTestKey: settings.stripe.secretKey?.startsWith('sk_test_') ?? true,
    sync: [],
  })(config)
  return { ...extended, endpoints: own }
}
