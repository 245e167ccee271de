import { stripeApiVersion } from '#payments/stripe/stripe-api-version'
import { brokenConnection } from '../../shared/broken-connection'
import { wait } from '../../shared/wait'
import { type FormObject, parseForm } from '../parse-form'
import { invalidRequest, Refusal } from '../refusal'
import { runScheduled } from '../schedule'
import { newId, type World } from '../world'
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

const matchers = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace(':id', '(?<id>[^/]+)').replace(':part', '(?<part>[^/]+)')}$`),
}))

/** @throws Refusal 404 as Stripe words it for a path that it does not have. */
const findRoute = (method: string, path: string): { route: Route; id: string; part: string } => {
  for (const { route, pattern } of matchers) {
    const match = route.method === method ? pattern.exec(path) : null
    const { id = '', part = '' } = match?.groups ?? {}
    if (match) return { route, id: decodeURIComponent(id), part: decodeURIComponent(part) }
  }
  throw new Refusal(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  })
}

/** @throws Refusal 401 */
const assertKey = (request: Request, secretKey: string | undefined): void => {
  const header = request.headers.get('authorization') ?? ''
  const basic = /^Basic (.+)$/i.exec(header)?.[1]
  const key = basic
    ? (Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? '')
    : (/^Bearer (.+)$/i.exec(header)?.[1] ?? '')
  if (!key) {
    throw new Refusal(401, {
      type: 'invalid_request_error',
      message:
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    })
  }
  if (secretKey === undefined ? !key.startsWith('sk_test_') : key !== secretKey) {
    const shown = `${key.slice(0, 8)}${'*'.repeat(Math.max(0, Math.min(20, key.length - 12)))}${key.slice(-4)}`
    throw new Refusal(401, { type: 'invalid_request_error', message: `Invalid API Key provided: ${shown}` })
  }
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

const process = (world: World, request: Request, encoded: string, requestId: string): Answer => {
  const { method } = request
  const path = new URL(request.url).pathname
  const { route, id, part } = findRoute(method, path)
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

const answerSafely = (world: World, request: Request, encoded: string, requestId: string): Answer => {
  try {
    return process(world, request, encoded, requestId)
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error, requestId)
    throw error
  }
}

/** One call of the API, with whatever is to go wrong with it. */
export const handleApiRequest = async (world: World, request: Request, options: ApiOptions): Promise<Response> => {
  const requestId = newId('req_', 14)
  const url = new URL(request.url)
  const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null
  const respond = (answer: Answer): Response =>
    new Response(answer.body, {
      status: answer.status,
      headers: {
        'Content-Type': 'application/json',
        'Request-Id': requestId,
        'Stripe-Version': request.headers.get('stripe-version') ?? stripeApiVersion,
        ...(key === null ? {} : { 'Idempotency-Key': key }),
        ...answer.headers,
      },
    })

  try {
    assertKey(request, options.secretKey)
  } catch (error) {
    if (error instanceof Refusal) return respond(refusalAnswer(error, requestId))
    throw error
  }
  const encoded = request.method === 'POST' ? await request.text() : url.search.slice(1)
  const fault = world.faults.takeApiFault(request.method, url.pathname)
  if (fault?.kind === 'rate_limit') return respond(refusalAnswer(rateLimited, requestId))
  if (fault?.kind === 'server_error') return respond(refusalAnswer(serverError, requestId))
  if (fault?.kind === 'disconnect') return brokenConnection()

  runScheduled(world)
  const answer = answerSafely(world, request, encoded, requestId)
  if (request.method !== 'GET') await options.afterChange()
  switch (fault?.kind) {
    case 'server_error_after':
      return respond(refusalAnswer(serverError, requestId))
    case 'lose':
      return brokenConnection()
    case 'hang':
    case 'delay': {
      const release = key === null ? () => undefined : holdKey(world, key)
      await wait(fault.kind === 'hang' ? 600_000 : (fault.delayMs ?? 0), options.signal)
      release()
      return fault.kind === 'hang' ? brokenConnection() : respond(answer)
    }
    case undefined:
      return respond(answer)
  }
}
