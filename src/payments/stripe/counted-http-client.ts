import { Readable } from 'node:stream'
import Stripe from 'stripe'
import { callProvider } from '#providers/call-provider'
import { findProviderLimited } from '#providers/provider-limited'
import type { ProviderVerdict } from '#providers/provider-call'

type Client = ReturnType<typeof Stripe.createNodeHttpClient>
type Answer = Awaited<ReturnType<Client['makeRequest']>>

/** `/v1/checkout/sessions/cs_1/expire?…` → `POST checkout/sessions/:id/expire` */
const operationOf = (method: string, path: string): string => {
  const [route = ''] = path.replace(/^\/v\d+\//, '').split('?')
  return `${method} ${route.replace(/(^|\/)[^/]*[_\d][^/]*(?=\/|$)/g, (part) => (isName(part) ? part : part.replace(/[^/]+/, ':id')))}`
}

/** Resources and actions have words of small letters; ids have digits or capital letters. */
const isName = (part: string): boolean => /^\/?[a-z_]+$/.test(part)

const secondsOf = (header: unknown): number | null => {
  const seconds = Number(header)
  return typeof header === 'string' && Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}

const judge = (answer: Answer): ProviderVerdict => {
  const status = answer.getStatusCode()
  const headers = answer.getHeaders()
  // Another request holds the object: a matter of this call, which the SDK makes again.
  if (status === 429 && headers['stripe-should-retry'] === 'true') return { outcome: 'refused' }
  if (status === 429) return { outcome: 'limited', retryAfterSeconds: secondsOf(headers['retry-after']) }
  if (status === 401 || status === 403)
    return { outcome: 'failed', reason: `Stripe does not take the key (${status}).` }
  if (status >= 500) {
    const retryAfterSeconds = status === 503 ? secondsOf(headers['retry-after']) : null
    return { outcome: 'failed', reason: `Stripe answered ${status}.`, retryAfterSeconds }
  }
  return { outcome: status < 400 ? 'ok' : 'refused' }
}

/** What Stripe would answer, so that the SDK takes a call that was not made for one that was refused, and does not repeat it. */
const tooManyCalls = (seconds: number): Answer => ({
  getStatusCode: () => 429,
  getHeaders: () => ({ 'retry-after': String(Math.ceil(seconds)), 'stripe-should-retry': 'false' }),
  getRawResponse: () => ({}),
  toStream: () => Readable.from([]),
  toJSON: () =>
    Promise.resolve({
      error: { type: 'rate_limit_error', code: 'rate_limit', message: 'Stripe is not called so often.' },
    }),
})

/** The SDK's own client, of which each request passes the limits that all processes share: repeated ones and pages of lists too. */
export const countedHttpClient = (client: Client = Stripe.createNodeHttpClient()): Client => ({
  getClientName: () => client.getClientName(),
  makeRequest: async (...request) => {
    const [, , path, method] = request
    let last: Answer | undefined
    try {
      return await callProvider<Answer>(
        {
          provider: 'stripe',
          operation: operationOf(method, path),
          judge: (settled) =>
            'value' in settled
              ? judge(settled.value)
              : { outcome: 'failed', reason: 'Stripe could not be reached, or did not answer in time.' },
        },
        async () => {
          // What was refused a moment ago is not read.
          last?.dispose?.()
          return (last = await client.makeRequest(...request))
        },
      )
    } catch (error) {
      const limited = findProviderLimited(error)
      if (limited) return tooManyCalls(limited.retryAfterSeconds)
      throw error
    }
  },
})
