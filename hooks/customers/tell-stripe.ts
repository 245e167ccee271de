import type { CollectionAfterChangeHook } from 'payload'
import { enqueue } from '#outbox/enqueue'

const told = ['name', 'email', 'language'] as const

/** Receipts and the payment page go by what Stripe knows of a customer, so it hears of changes. */
export const tellStripe: CollectionAfterChangeHook = async ({ doc, data, previousDoc, operation, req }) => {
  const isChanged = told.some((field) => field in data && data[field] !== previousDoc?.[field])
  if (operation === 'update' && isChanged) {
    const customerId = String(doc.id)
    await enqueue(req, { task: 'tell-stripe-of-customer', errand: { customerId }, key: `tell-stripe:${customerId}` })
  }
  return doc
}
