import { answerWithFault } from '../../shared/call-faults'
import { invalidToken, toRefusal } from '../faults'
import { OAuthRefusal, Refusal, validationFailed } from '../refusal'
import { nowOf, type World } from '../world'
import { issueToken } from './issue-token'
import type { Route } from './route'
import { routes } from './routes'

type Found =
  | { kind: 'api'; operation: string; route: Route; segments: string[] }
  | { kind: 'token' | 'unknown'; operation: string }

const tokenPath = '/oauth/token'

const decode = (segment: string): string | undefined => {
  try {
    const once = decodeURIComponent(segment)
    // Ids with a slash come encoded twice.
    return once.includes('%') ? decodeURIComponent(once) : once
  } catch {
    return undefined
  }
}

const findRoute = (method: string, path: string): Found => {
  if (method === 'POST' && path === tokenPath) return { kind: 'token', operation: 'oauth.token' }
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null
    const segments = match?.slice(1).map(decode)
    if (segments?.every((segment) => segment !== undefined))
      return { kind: 'api', operation: route.operation, route, segments }
  }
  return { kind: 'unknown', operation: 'unknown' }
}

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

const call = (world: World, request: Request, found: Found, text: string): Response => {
  const { searchParams } = new URL(request.url)
  if (found.kind === 'token') {
    const isForm = request.headers.get('content-type')?.includes('x-www-form-urlencoded')
    const params = isForm ? new URLSearchParams([...searchParams, ...new URLSearchParams(text)]) : searchParams
    return Response.json(issueToken(world, params, request.headers.get('authorization')))
  }
  assertToken(world, request)
  if (found.kind !== 'api') {
    throw new Refusal(404, 2300, `This API endpoint is not recognized: ${new URL(request.url).pathname}.`)
  }
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
  const found = findRoute(request.method, pathname)
  const { operation } = found
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
      let response: Response
      try {
        response = call(world, request, found, text)
      } catch (error) {
        if (!(error instanceof Refusal || error instanceof OAuthRefusal)) throw error
        response = error.toResponse()
      }
      await world.store.flush()
      return response
    },
    refuse: (kind, of) => toRefusal(kind, of, nowOf(world)).toResponse(),
    signal,
  })
  // A broken connection shows as a body that fails, under a status that nobody sees.
  if (fault === undefined || !['disconnect', 'hang'].includes(fault.kind)) entry.status = answer.status
  return answer
}
