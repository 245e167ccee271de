import { answerCall } from '../../shared/answer-call'
import { createRouteTable, type FoundRoute } from '../../shared/route-table'
import { invalidToken, toRefusal } from '../faults'
import { Refusal, validationFailed } from '../refusal'
import { nowOf, type World } from '../world'
import { issueToken } from './issue-token'
import type { Route } from './route'
import { routes } from './routes'

/** Ids with a slash come encoded twice. */
const decode = (segment: string): string => {
  const once = decodeURIComponent(segment)
  return once.includes('%') ? decodeURIComponent(once) : once
}

const findRoute = createRouteTable(routes, decode)

/** @throws Refusal 401 */
const assertToken = (world: World, request: Request): void => {
  const given = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  const token = world.tables.tokens.get(given)
  if (!token) throw invalidToken()
  if (token.expiresAt <= nowOf(world)) throw invalidToken('Access token is expired.')
}

/** @throws Refusal 300 */
const readJson = (text: string, type: string | null): unknown => {
  const wrong = () => new Refusal(400, 300, 'Request Body should be a valid JSON object.')
  if (!type?.toLowerCase().startsWith('application/json')) throw wrong()
  try {
    return JSON.parse(text)
  } catch {
    throw wrong()
  }
}

/** @throws Refusal */
const readQuery = (params: URLSearchParams): Record<string, string> => {
  const names = [...params.keys()]
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated) throw validationFailed([{ field: repeated, message: 'Invalid field.' }])
  return Object.fromEntries(params)
}

const answerToken = (world: World, request: Request, text: string): Response => {
  const { searchParams } = new URL(request.url)
  const isForm = request.headers.get('content-type')?.includes('x-www-form-urlencoded')
  const params = isForm ? new URLSearchParams([...searchParams, ...new URLSearchParams(text)]) : searchParams
  return Response.json(issueToken(world, params, request.headers.get('authorization')))
}

const call = (world: World, request: Request, found: FoundRoute<Route> | undefined, text: string): Response => {
  const { pathname, searchParams } = new URL(request.url)
  assertToken(world, request)
  if (!found) throw new Refusal(404, 2300, `This API endpoint is not recognized: ${pathname}.`)
  const { route, segments } = found
  const { status, body } = route.run(world, {
    segments,
    query: readQuery(searchParams),
    body: route.hasBody ? readJson(text, request.headers.get('content-type')) : undefined,
  })
  return status === 204 ? new Response(null, { status }) : Response.json(body, { status })
}

/** One call of the API or for a token, with whatever is to go wrong with it. */
export const handleApiRequest = async (world: World, request: Request, signal: AbortSignal): Promise<Response> => {
  const { pathname } = new URL(request.url)
  const text = await request.text()
  const isForToken = request.method === 'POST' && pathname === '/oauth/token'
  const found = findRoute(request.method, pathname)
  const operation = isForToken ? 'oauth.token' : (found?.route.operation ?? 'unknown')
  return answerCall(request, {
    operation,
    at: nowOf(world),
    calls: world.calls,
    fault: world.faults.take(operation),
    carryOut: () => (isForToken ? answerToken(world, request, text) : call(world, request, found, text)),
    refuse: (kind, fault) => toRefusal(kind, fault, nowOf(world)).toResponse(),
    flush: world.store.flush,
    signal,
  })
}
