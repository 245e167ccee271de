import { answerWithFault } from '../../shared/call-faults'
import type { LedgerEntry } from '../../shared/call-ledger'
import { invalidCredentials, toRefusal } from '../faults'
import { settleDue } from '../settle-due'
import { OAuthRefusal } from '../oauth/oauth-refusal'
import { type OAuthRoute, oauthRoutes } from '../oauth/oauth-routes'
import { hasScope } from '../oauth/scopes'
import { findAccessToken } from '../oauth/tokens'
import { invalid, invalidParameter, notFound, Refusal } from '../refusal'
import { nowOf, type World } from '../world'
import type { Query } from './parse-call'
import type { Caller, Route } from './route'
import { routes } from './routes'
import { selectFields } from './select-fields'

type Found =
  { kind: 'calendar'; route: Route; segments: string[] } | { kind: 'oauth'; route: OAuthRoute } | { kind: 'unknown' }

const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

const findRoute = (method: string, path: string): Found => {
  for (const route of oauthRoutes) {
    if (route.method === method && route.path === path) return { kind: 'oauth', route }
  }
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null
    const segments = match?.slice(1).map(decode)
    if (segments?.every((segment) => segment !== undefined)) return { kind: 'calendar', route, segments }
  }
  return { kind: 'unknown' }
}

/** @throws Refusal 401, or 403 when the person did not allow that. */
const identify = (world: World, request: Request, route: Route): Caller => {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (!token) {
    throw new Refusal({
      status: 401,
      reason: 'required',
      message: 'Login Required.',
      location: 'Authorization',
      locationType: 'header',
      code: 'UNAUTHENTICATED',
    })
  }
  const found = findAccessToken(world, token)
  if (!found) throw invalidCredentials()
  if (!hasScope(found.scopes, route.scopes)) {
    throw new Refusal({
      status: 403,
      reason: 'insufficientPermissions',
      message: 'Request had insufficient authentication scopes.',
      code: 'PERMISSION_DENIED',
    })
  }
  return { email: found.email, scopes: found.scopes }
}

const readQuery = (params: URLSearchParams): Query => {
  const query = new Map<string, string[]>()
  for (const [name, value] of params) query.set(name, [...(query.get(name) ?? []), value])
  return Object.fromEntries(query)
}

/** @throws Refusal */
const readJson = (text: string, type: string | null): unknown => {
  if (text === '') return {}
  if (!type?.toLowerCase().startsWith('application/json')) {
    throw invalid('Content-Type must be application/json.', { reason: 'badContent' })
  }
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('Parse Error', { reason: 'parseError' })
  }
}

/** @throws Refusal */
const callCalendar = (
  world: World,
  request: Request,
  { route, segments, text, entry }: { route: Route; segments: string[]; text: string; entry: LedgerEntry },
): Response => {
  const caller = identify(world, request, route)
  entry.account = caller.email
  const query = readQuery(new URL(request.url).searchParams)
  const [alt = 'json'] = query.alt ?? []
  if (alt !== 'json') throw invalidParameter('alt', `Invalid value for alt: ${alt}`)
  const body = readJson(text, request.headers.get('content-type'))
  if (!route.hasBody && text !== '') throw invalid('This call takes no body.', { reason: 'badContent' })
  const { resource, etag, isUnchanged } = route.run(world, {
    caller,
    segments,
    query,
    body: route.hasBody ? body : undefined,
    conditions: { ifMatch: request.headers.get('if-match'), ifNoneMatch: request.headers.get('if-none-match') },
  })
  const headers = {
    'Cache-Control': 'private, max-age=0, must-revalidate, no-transform',
    ...(etag ? { ETag: etag } : {}),
  }
  if (isUnchanged) return new Response(null, { status: 304, headers })
  if (!resource) return new Response(null, { status: 204, headers })
  const [fields] = query.fields ?? []
  return Response.json(fields === undefined ? resource : selectFields(resource, fields), { headers })
}

/** @throws OAuthRefusal */
const callOAuth = (
  world: World,
  request: Request,
  { route, text, entry }: { route: OAuthRoute; text: string; entry: LedgerEntry },
): Response => {
  const { body, account } = route.handle(world, {
    form: new URLSearchParams(text),
    query: new URL(request.url).searchParams,
    authorization: request.headers.get('authorization'),
  })
  entry.account = account
  return Response.json(body, { headers: { 'Cache-Control': 'no-store' } })
}

const carryOut = (
  world: World,
  request: Request,
  found: Found,
  call: { text: string; entry: LedgerEntry },
): Response => {
  try {
    if (found.kind === 'calendar') return callCalendar(world, request, { ...found, ...call })
    if (found.kind === 'oauth') return callOAuth(world, request, { route: found.route, ...call })
    throw notFound()
  } catch (error) {
    if (error instanceof Refusal || error instanceof OAuthRefusal) return error.toResponse()
    throw error
  }
}

/** One call of the API or of OAuth's endpoints, with whatever is to go wrong with it. */
export const handleApiRequest = async (world: World, request: Request, signal: AbortSignal): Promise<Response> => {
  const { pathname } = new URL(request.url)
  const found = findRoute(request.method, pathname)
  const operation = found.kind === 'unknown' ? 'unknown' : found.route.operation
  const fault = world.faults.take(operation)
  const entry = world.calls.open({
    at: nowOf(world),
    method: request.method,
    path: pathname,
    operation,
    fault: fault?.kind ?? null,
  })
  const text = await request.text()
  const answer = await answerWithFault(fault, {
    carryOut: async () => {
      settleDue(world)
      const response = carryOut(world, request, found, { text, entry })
      await world.store.flush()
      return response
    },
    refuse: (kind, of) => toRefusal(kind, of).toResponse(),
    signal,
  })
  // A broken connection shows as a body that fails, under a status that nobody sees.
  if (fault === undefined || !['disconnect', 'hang'].includes(fault.kind)) entry.status = answer.status
  return answer
}
