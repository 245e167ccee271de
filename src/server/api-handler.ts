import { match } from 'path-to-regexp'
import {
  createPayloadRequest,
  handleEndpoints,
  mergeHeaders,
  type Endpoint,
  type Payload,
  type SanitizedConfig,
} from 'payload'
import { refusalOfWhole, runGenerated } from '#access/generated-request'
import { operationOf } from '#endpoints/support/define-endpoint'
import { withKnownLogin } from '#database/require-known-login'
import { explainDatabaseError } from '#database/explain-database-error'
import { DomainError } from '#shared/errors'
import { nameOperation } from '#shared/operation'
import { addProblem } from './add-problem'
import { answerPreflight, listedIn, withCors } from './cors'
import { findBodyFault } from './find-body-fault'
import { findLostQuestion } from './find-lost-question'
import { isMalformedPath } from './is-malformed-path'
import { logger } from './logger'
import { createRouteNames } from './name-payload-route'
import { problemAnswer, refusalAnswer } from './problem-answer'
import { unwrapQuestion } from './unwrap-question'

export type ApiHandler = (request: Request, requestId: string) => Promise<Response>

type Params = Record<string, unknown>
type Route = { endpoint: Endpoint; method: string; match: (path: string) => { params: Params } | false }

/** Each pattern compiled once; Payload compiles all of them again for every request. */
const compile = (endpoint: Endpoint): Route => ({
  endpoint,
  method: endpoint.method.toUpperCase(),
  match: match<Params>(endpoint.path, { decode: decodeURIComponent }),
})

const tryMatch = (route: Route, path: string): Params | undefined => {
  const found = route.match(path)
  return found ? found.params : undefined
}

/** Runs one of our own endpoints, which answer every refusal themselves, as Payload would. */
const runOwn = async (
  { request, config, params }: { request: Request; config: SanitizedConfig; params: Params },
  endpoint: Endpoint,
): Promise<Response> => {
  const req = await createPayloadRequest({ canSetHeaders: true, config, request })
  req.routeParams = params
  const response = await endpoint.handler(req)
  const headers = req.responseHeaders ? mergeHeaders(req.responseHeaders, response.headers) : response.headers
  return headers === response.headers
    ? response
    : new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

const serveGraphql = async (request: Request, payload: Payload): Promise<Response> => {
  const { config } = payload
  const [{ GRAPHQL_POST }, { findDocumentFault }] = await Promise.all([
    import('@payloadcms/next/routes'),
    import('./find-document-fault'),
  ])
  const unreadable = await findBodyFault(request, payload, { needsFields: false })
  const fault = unreadable?.message ?? findDocumentFault(await request.clone().text())
  if (fault !== undefined) return refuseDocument(fault)
  const answer = await GRAPHQL_POST(config)(request)
  const refusal = refusalOfWhole()
  return refusal === undefined ? answer : refuseDocument(refusal, answer.headers)
}

/** Payload's admin reads a refusal only where it is called `application/json`, so its type stays. */
const withProblem = async (answer: Response, requestId: string): Promise<Response> => {
  if (answer.status < 400 || !answer.headers.get('content-type')?.startsWith('application/json')) return answer
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined)
  const problem = addProblem(body, { status: answer.status, requestId })
  if (!problem) return answer
  const headers = new Headers(answer.headers)
  headers.delete('Content-Length')
  return new Response(JSON.stringify(problem), { status: answer.status, headers })
}

/** In the form of GraphQL, with the code that refusals have everywhere. */
const refuseDocument = (message: string, headers?: Headers): Response => {
  const extensions = { name: 'DomainError', data: { code: 'invalid_request' }, statusCode: 400 }
  const own = new Headers(headers)
  own.set('Content-Type', 'application/json; charset=utf-8')
  own.delete('Content-Length')
  return Response.json({ errors: [{ message, extensions }] }, { status: 400, headers: own })
}

/** What Payload reads as parts of a query, each of which has parts of its own. */
const shapes: readonly { name: string; hasParts: boolean; example: string }[] = [
  { name: 'where', hasParts: true, example: 'where[name][equals]=Ada' },
  { name: 'select', hasParts: true, example: 'select[name]=true' },
  { name: 'populate', hasParts: true, example: 'populate[media][url]=true' },
  { name: 'joins', hasParts: true, example: 'joins[reviews][limit]=5' },
  { name: 'sort', hasParts: false, example: 'sort=-createdAt' },
]

/** @returns what is wrong with the shape of a query to the generated API, which Payload would leave out or stumble over. */
const findShapeFault = (search: URLSearchParams): string | undefined => {
  const names = [...search].flatMap(([name, value]) => (value === '' ? [] : [name]))
  const wrong = shapes.find(({ name, hasParts }) =>
    hasParts ? names.includes(name) : names.some((sent) => sent.startsWith(`${name}[`) && !/^sort\[\d*\]$/.test(sent)),
  )
  if (wrong) return `${wrong.name} must be written as ${wrong.example}.`
  const number = names.find(
    (name) => isNumber.test(name) && search.getAll(name).some((value) => !/^\d{0,9}$/.test(value)),
  )
  if (number !== undefined) return `${number} must be a whole number that is not negative.`
  return search.getAll('data').every(isObject) ? undefined : 'data must be an object, as JSON.'
}

/** Payload takes what is no number as none, and answers another question than the one that was asked. */
const isNumber = /^(?:(?:page|limit|depth)|joins\[[^[\]]+\]\[(?:page|limit)\])$/

const isObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/** Endpoints of ours that stand among those of a collection read their bodies themselves. */
const isOwnOfCollection = ({ collections }: Payload, method: string, path: string): boolean => {
  const [, first = '', ...rest] = path.split('/')
  const config = Object.hasOwn(collections, first) ? collections[first as keyof typeof collections].config : undefined
  return (config?.endpoints || []).some(
    (endpoint) =>
      operationOf(endpoint) !== undefined &&
      endpoint.method.toUpperCase() === method &&
      endpoint.path.replace(/\/$/, '') === rest.map((part) => `/${part}`).join(''),
  )
}

/** Where a record is made or changed; everything else asks for something by its address. */
const needsFields = (method: string, path: string): boolean =>
  method === 'PATCH' || (method === 'POST' && /^\/(?:globals\/)?[^/]+$/.test(path))

/** Addresses that Payload's router knows, although nothing is behind them in this installation. */
const isVacant = ({ collections, globals }: Payload, path: string, search: URLSearchParams): boolean => {
  const [, first = '', second, third] = path.split('/')
  if (first === 'globals') {
    return third === 'versions' && !globals.config.some(({ slug, versions }) => slug === second && versions)
  }
  const config = Object.hasOwn(collections, first) ? collections[first as keyof typeof collections].config : undefined
  if (!config) return false
  // Files of ours lie in no folders.
  return (second === 'versions' && !config.versions) || (second === 'file' && search.has('prefix'))
}

/** Payload says it in a form of its own, and repeats the address. */
const isUnknownRoute = async (answer: Response): Promise<boolean> =>
  answer.status === 404 && (await answer.clone().text()).startsWith('{"message":"Route not found')

/**
 * Everything below `/api`: our own endpoints and those of an installation by a table of compiled routes, GraphQL, and the rest by Payload's own router.
 * What is no route at all is a problem document like every other refusal.
 */
export const createApiHandler = (payload: Payload): ApiHandler => {
  const { config } = payload
  const base = config.routes.api
  const listed = listedIn(config)
  const routes = config.endpoints.map(compile)
  const ownRoutes = Map.groupBy(
    routes.filter(({ endpoint }) => operationOf(endpoint) !== undefined),
    ({ method }) => method,
  )
  const nameRoute = createRouteNames(payload)
  const graphqlPath = `${base}${config.routes.graphQL}`
  const isGraphqlOn = !config.graphQL.disable

  /** What Payload's own router answers; undefined where nothing is behind an address. */
  const serveGenerated = async (sent: Request, path: string, requestId: string): Promise<Response | undefined> => {
    const request = await unwrapQuestion(sent)
    nameOperation(nameRoute(request.method, path))
    const { search, searchParams } = new URL(request.url)
    const misshapen = findLostQuestion(search) ?? findShapeFault(searchParams)
    if (misshapen !== undefined) return problemAnswer('invalid_request', misshapen, requestId)
    if (isVacant(payload, path, searchParams)) return undefined
    const isOwn = isOwnOfCollection(payload, request.method, path)
    const unreadable =
      isOwn && !request.headers.get('content-type')?.startsWith('multipart/')
        ? undefined
        : await findBodyFault(request, payload, {
            needsFields: !isOwn && needsFields(request.method, path),
            collection: path.split('/', 2)[1] ?? '',
          })
    if (unreadable) return refusalAnswer(unreadable, requestId)
    const answer = await runGenerated(() => withKnownLogin(() => handleEndpoints({ config, request })))
    // Of a collection without addresses Payload says "not implemented", and where it was asked.
    return answer.status === 501 || (await isUnknownRoute(answer)) ? undefined : withProblem(answer, requestId)
  }

  const answer: ApiHandler = async (request, requestId) => {
    const { pathname, search } = new URL(request.url)
    if (isMalformedPath(pathname)) return problemAnswer('invalid_request', 'The path is not valid.', requestId)
    const lost = findLostQuestion(search)
    if (lost !== undefined) return problemAnswer('invalid_request', lost, requestId)
    const path = pathname.slice(base.length).replace(/\/$/, '')
    try {
      for (const route of ownRoutes.get(request.method) ?? []) {
        const params = tryMatch(route, path)
        if (!params) continue
        nameOperation(`${route.method} ${route.endpoint.path}`)
        return await runOwn({ request, config, params }, route.endpoint)
      }
      if (pathname === graphqlPath && isGraphqlOn && request.method === 'POST') {
        nameOperation(`POST ${config.routes.graphQL}`)
        return await runGenerated(() => serveGraphql(request, payload))
      }

      const [, first = ''] = path.split('/', 2)
      if (!(first in payload.collections) && first !== 'globals') {
        const allowed = [...new Set(routes.filter((route) => tryMatch(route, path)).map(({ method }) => method))]
        if (pathname === graphqlPath && isGraphqlOn) allowed.push('POST')
        if (!allowed.length) return problemAnswer('not_found', 'There is nothing at this address.', requestId)
        if (!allowed.includes(request.method)) {
          const detail = `This address takes ${allowed.join(', ')} only.`
          return problemAnswer('method_not_allowed', detail, requestId, { Allow: allowed.join(', ') })
        }
      }
      const generated = await serveGenerated(request, path, requestId)
      return generated ?? problemAnswer('not_found', 'There is nothing at this address.', requestId)
    } catch (error) {
      if (error instanceof DomainError) return refusalAnswer(error, requestId)
      const refusal = explainDatabaseError(error)
      if (refusal) {
        logger.warn({ err: error, requestId, msg: 'The database could not serve a request' })
        return refusalAnswer(refusal, requestId)
      }
      logger.error({ err: error, requestId, msg: 'A request failed' })
      return problemAnswer('internal_error', `Please report it with the number ${requestId}.`, requestId)
    }
  }
  return async (request, requestId) =>
    withCors(request, request.method === 'OPTIONS' ? answerPreflight() : await answer(request, requestId), listed)
}
