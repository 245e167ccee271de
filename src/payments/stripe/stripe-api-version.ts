import type Stripe from 'stripe'

/** Pinned: events and objects keep this shape until somebody changes it here, with the SDK. */
export const stripeApiVersion = '2026-10-28.endive' satisfies Stripe.LatestApiVersion
