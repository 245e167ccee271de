import { answerCall } from '../../shared/answer-call'
import type { LedgerEntry } from '../../shared/call-ledger'
import { createRouteTable, type FoundRoute } from '../../shared/route-table'
import { invalidCredentials, toRefusal } from '../faults'
import { settleDue } from '../settle-due'
import { type OAuthRoute, oauthRoutes } from '../oauth/oauth-routes'
import { hasScope } from '../oauth/scopes'
import { findAccessToken } from '../oauth/tokens'
import { invalid, invalidParameter, notFound, Refusal } from '../refusal'
import { nowOf, type World } from '../world'
import type { Query } from './parse-call'
import type { Caller, Route } from './route'
import { routes } from './routes'
import { selectFields } from './select-fields'

const findRoute = createRouteTable(routes)
const findOAuthRoute = createRouteTable(oauthRoutes)

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
  { route, segments }: FoundRoute<Route>,
  { text, entry }: { text: string; entry: LedgerEntry },
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
  { route }: FoundRoute<OAuthRoute>,
  { text, entry }: { text: string; entry: LedgerEntry },
): Response => {
  const { body, account } = route.handle(world, {
    form: new URLSearchParams(text),
    query: new URL(request.url).searchParams,
    authorization: request.headers.get('authorization'),
  })
  entry.account = account
  return Response.json(body, { headers: { 'Cache-Control': 'no-store' } })
}

/** One call of the API or of OAuth's endpoints, with whatever is to go wrong with it. */
export const handleApiRequest = async (world: World, request: Request, signal: AbortSignal): Promise<Response> => {
  const { pathname } = new URL(request.url)
  const text = await request.text()
  const oauth = findOAuthRoute(request.method, pathname)
  const found = findRoute(request.method, pathname)
  const operation = (oauth ?? found)?.route.operation ?? 'unknown'
  return answerCall(request, {
    operation,
    at: nowOf(world),
    calls: world.calls,
    fault: world.faults.take(operation),
    carryOut: (entry) => {
      settleDue(world)
      if (oauth) return callOAuth(world, request, oauth, { text, entry })
      if (found) return callCalendar(world, request, found, { text, entry })
      throw notFound()
    },
    refuse: (kind, fault) => toRefusal(kind, fault).toResponse(),
    flush: world.store.flush,
    signal,
  })
}
