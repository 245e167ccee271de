import { createServer, type IncomingHttpHeaders } from 'node:http'
import type Stripe from 'stripe'
import { onTestFinished } from 'vitest'
import { type CheckoutRequest, computeCheckoutExpiry, createCheckoutSession } from '#payments/stripe/checkout-sessions'
import { createStripeClient } from '#payments/stripe/stripe-client'
import { startStripeSandbox, type StripeSandbox, type StripeSandboxOptions } from '#sandbox/stripe/start-stripe-sandbox'

export const secretKey = 'sk_test_of_the_suite'

export type Suite = StripeSandbox & { stripe: Stripe }

/** A sandbox of its own and a client for it; both end with the test. */
export const startSuite = async (
  options: Partial<StripeSandboxOptions> = {},
  client: { timeoutMs?: number; maxNetworkRetries?: number } = {},
): Promise<Suite> => {
  const sandbox = await startStripeSandbox({ port: 0, secretKey, ...options })
  onTestFinished(() => sandbox.close())
  return {
    ...sandbox,
    stripe: createStripeClient({ secretKey, apiBase: sandbox.url, maxNetworkRetries: 0, ...client }),
  }
}

let operations = 0
export const newKey = (): string => `operation-${++operations}`

/** A checkout of 120 pounds unless said otherwise. */
export const openCheckout = (
  { stripe, control }: Suite,
  changes: Partial<CheckoutRequest> = {},
): Promise<Stripe.Checkout.Session> =>
  createCheckoutSession(
    {
      paymentId: 'payment-1',
      paymentReference: 'PM-1',
      sessionId: 'session-1',
      sessionReference: 'PY-1',
      consultantId: 'consultant-1',
      customerId: 'customer-1',
      amount: 12_000,
      currency: 'GBP',
      title: 'Strategy call',
      customerEmail: 'guest@parley.example',
      captureMethod: 'automatic',
      successUrl: 'http://localhost:3000/done?checkout={CHECKOUT_SESSION_ID}',
      cancelUrl: 'http://localhost:3000/back',
      expiresAt: computeCheckoutExpiry(control.now(), control.now()),
      idempotencyKey: newKey(),
      ...changes,
    },
    stripe,
  )

/** A paid checkout. → the id of its payment intent. */
export const payNow = async (
  suite: Suite,
  changes: Partial<CheckoutRequest> = {},
  number?: string,
): Promise<string> => {
  const session = await openCheckout(suite, changes)
  const result = suite.control.payCheckout(session.id, { number })
  if (!result.ok) throw new Error(result.message)
  return String(suite.control.tables().checkout_sessions[session.id]?.payment_intent)
}

/** A charge that was paid by card. */
export const payCharge = async (suite: Suite, changes: Partial<CheckoutRequest> = {}): Promise<Stripe.Charge> => {
  const intent = await suite.stripe.paymentIntents.retrieve(await payNow(suite, changes))
  return suite.stripe.charges.retrieve(String(intent.latest_charge))
}

/** An Express account that still has everything to tell. */
export const openAccount = ({ stripe }: Suite, changes: Partial<Stripe.AccountCreateParams> = {}) =>
  stripe.accounts.create({
    type: 'express',
    country: 'GB',
    email: 'expert@parley.example',
    capabilities: { transfers: { requested: true } },
    metadata: { consultantId: 'consultant-1' },
    ...changes,
  })

/** A connected account to which money can be transferred. → its id */
export const openPayableAccount = async (suite: Suite): Promise<string> => {
  const { id } = await openAccount(suite)
  suite.control.completeAccount(id)
  return id
}

export type Received = { body: string; headers: IncomingHttpHeaders }

/** A webhook endpoint that keeps what it gets, and answers with what `answer` says. */
export const startReceiver = async (answer: (n: number) => number = () => 200) => {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ body: Buffer.concat(chunks).toString('utf8'), headers: request.headers })
      response.writeHead(answer(received.length)).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The receiver has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/api/stripe/webhooks`,
    received,
    types: (): string[] => received.map(({ body }) => String((JSON.parse(body) as { type: unknown }).type)),
  }
}
