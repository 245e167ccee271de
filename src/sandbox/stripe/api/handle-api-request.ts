import { stripeApiVersion } from '#payments/stripe/stripe-api-version'
import { answerCall } from '../../shared/answer-call'
import { createRouteTable, type FoundRoute } from '../../shared/route-table'
import { type FormObject, parseForm } from '../parse-form'
import { invalidRequest, Refusal } from '../refusal'
import { runScheduled } from '../schedule'
import { newId, nowOf, type World } from '../world'
import { mustFindAccount } from '../connect/must-find-account'
import { expandObject } from './expand-object'
import { findSavedAnswer, holdKey, saveAnswer } from './idempotency'
import type { Route } from './route'
import { routes } from './routes'

export type ApiOptions = {
  /** The only key that is taken; without it every `sk_test_…`. */
  secretKey?: string | undefined
  /** Called after every request that may have changed something, before the answer leaves. */
  afterChange: () => Promise<void>
  /** Aborted when the sandbox closes. */
  signal: AbortSignal
}

type Answer = { status: number; body: string; headers?: Record<string, string> }

const findRoute = createRouteTable(routes)

/** 401 when it has no key, or a wrong one. */
const checkKey = (request: Request, secretKey: string | undefined): Refusal | undefined => {
  const header = request.headers.get('authorization') ?? ''
  const basic = /^Basic (.+)$/i.exec(header)?.[1]
  const key = basic
    ? (Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? '')
    : (/^Bearer (.+)$/i.exec(header)?.[1] ?? '')
  if (!key) {
    return new Refusal(401, {
      type: 'invalid_request_error',
      message:
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    })
  }
  if (secretKey === undefined ? !key.startsWith('sk_test_') : key !== secretKey) {
    const shown = `${key.slice(0, 8)}${'*'.repeat(Math.max(0, Math.min(20, key.length - 12)))}${key.slice(-4)}`
    return new Refusal(401, { type: 'invalid_request_error', message: `Invalid API Key provided: ${shown}` })
  }
  return undefined
}

/**
 * The connected account in whose name the call is made.
 * @throws Refusal 403 when it is not connected.
 */
const findAccount = (world: World, request: Request): string | null => {
  const account = request.headers.get('stripe-account') ?? request.headers.get('stripe-context')
  return account ? mustFindAccount(world, account).id : null
}

/** @throws Refusal */
const readParams = (encoded: string): FormObject => {
  const params = parseForm(encoded)
  if (!params) throw invalidRequest('Invalid request: the parameters are not well-formed.')
  return params
}

const expansionOf = (params: FormObject): string[] => {
  const { expand } = params
  return Array.isArray(expand) ? expand.filter((path) => typeof path === 'string') : []
}

/** The parameters in a fixed order: the same ones in another order are the same request. */
const fingerprintOf = (encoded: string): string =>
  JSON.stringify([...new URLSearchParams(encoded)].map(([key, value]) => `${key}=${value}`).sort())

type Call = { found: FoundRoute<Route> | undefined; encoded: string; requestId: string }

const toJson = (value: unknown): string => JSON.stringify(value, null, 2)

const refusalAnswer = (refusal: Refusal, requestId: string): Answer => ({
  status: refusal.status,
  body: toJson({
    error: { ...refusal.body, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` },
  }),
})

const rateLimited = new Refusal(429, {
  type: 'invalid_request_error',
  code: 'rate_limit',
  message: 'Request rate limit exceeded. You have made too many requests in a short time; slow down.',
})

const serverError = new Refusal(500, {
  type: 'api_error',
  message: 'An unknown error occurred. (The sandbox was told to fail.)',
})

/** What Stripe does once it has accepted key, path and parameters. Also a refusal is an answer, and is saved. */
const execute = (world: World, call: { run: () => object; expansion: string[]; requestId: string }): Answer => {
  try {
    const result = call.run()
    return { status: 200, body: toJson(expandObject(world, result, call.expansion)) }
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error, call.requestId)
    throw error
  }
}

/** @throws Refusal */
const process = (world: World, request: Request, { found, encoded, requestId }: Call): Answer => {
  const { method } = request
  const path = new URL(request.url).pathname
  if (!found) {
    throw new Refusal(404, {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    })
  }
  const {
    route,
    segments: [id = '', part = ''],
  } = found
  const account = findAccount(world, request)
  if (account && !route.forAccounts) {
    throw invalidRequest(`The sandbox does not carry out ${method} ${route.path} in the name of a connected account.`)
  }
  const key = method === 'POST' ? request.headers.get('idempotency-key') : null
  const keyed = key === null ? undefined : { key, endpoint: path, fingerprint: fingerprintOf(encoded) }
  const saved = keyed && findSavedAnswer(world, keyed)
  if (saved) {
    return {
      status: saved.status,
      body: saved.body,
      headers: { 'Idempotent-Replayed': 'true', 'Original-Request': saved.requestId },
    }
  }
  const params = readParams(encoded)
  // Faults in the parameters are not saved under the key: nothing was carried out.
  const prepared = route.prepare(params)
  const run = () => prepared(world, { id, part, account })
  world.currentRequest = { id: requestId, idempotencyKey: key }
  try {
    const answer = execute(world, { run, expansion: expansionOf(params), requestId })
    if (keyed) saveAnswer(world, keyed, { ...answer, requestId })
    return answer
  } finally {
    world.currentRequest = null
  }
}

const keyOf = ({ method, headers }: Request): string | null =>
  method === 'POST' ? headers.get('idempotency-key') : null

/** One call of the API, with whatever is to go wrong with it. */
export const handleApiRequest = async (world: World, request: Request, options: ApiOptions): Promise<Response> => {
  const requestId = newId('req_', 14)
  const { pathname, search } = new URL(request.url)
  const { method } = request
  const key = keyOf(request)
  const found = findRoute(method, pathname)
  const denied = checkKey(request, options.secretKey)
  const fault = denied ? undefined : world.faults.takeApiFault(method, pathname)
  const toResponse = ({ status, body, headers }: Answer): Response =>
    new Response(body, {
      status,
      headers: {
        'Content-Type': 'application/json',
        'Request-Id': requestId,
        'Stripe-Version': request.headers.get('stripe-version') ?? stripeApiVersion,
        ...(key === null ? {} : { 'Idempotency-Key': key }),
        ...headers,
      },
    })
  const text = await request.text()
  const attempt = (): Answer => {
    try {
      if (denied) throw denied
      runScheduled(world)
      return process(world, request, { found, encoded: method === 'POST' ? text : search.slice(1), requestId })
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, requestId)
      throw error
    }
  }
  let release = (): void => undefined
  const answer = await answerCall(request, {
    operation: found ? `${method} ${found.route.path}` : 'unknown',
    at: nowOf(world),
    calls: world.calls,
    fault,
    carryOut: (entry) => {
      entry.account = request.headers.get('stripe-account')
      const result = attempt()
      // As long as the first request is not answered, its key is taken.
      if (fault && key !== null) release = holdKey(world, key)
      return toResponse(result)
    },
    refuse: (kind) => toResponse(refusalAnswer(kind === 'rate_limit' ? rateLimited : serverError, requestId)),
    flush: method === 'GET' ? async () => undefined : options.afterChange,
    signal: AbortSignal.any([options.signal, world.faults.untilCleared()]),
  })
  release()
  return answer
}
