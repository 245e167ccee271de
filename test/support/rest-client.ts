import type { Payload } from 'payload'
import type { ApiHandler } from '#server/api-handler'
import type { User } from '#payload-types'
import { tokenFor } from './token-for'

export type RestAnswer = {
  status: number
  headers: Headers
  text: string
  /** The parsed body; tests look into it as they like. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json: any
}

type Headers_ = Record<string, string>

export type RestClient = {
  get: (path: string, headers?: Headers_) => Promise<RestAnswer>
  post: (path: string, body?: unknown, headers?: Headers_) => Promise<RestAnswer>
  patch: (path: string, body?: unknown, headers?: Headers_) => Promise<RestAnswer>
  del: (path: string, headers?: Headers_) => Promise<RestAnswer>
  graphql: (query: string, variables?: Record<string, unknown>) => Promise<RestAnswer>
  /** The same client as somebody else. */
  as: (user: User) => Promise<RestClient>
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The whole API (our endpoints, Payload's REST, GraphQL) in this process, by the same router as in the web server but
 * without a port. Paths are below `/api`. A body that is a string goes out as it is.
 */
export const createRestClient = async (payload: Payload, defaults: Headers_ = {}): Promise<RestClient> => {
  const { createApiHandler } = await import('#server/api-handler')
  return clientOf(payload, createApiHandler(payload), defaults)
}

const clientOf = (payload: Payload, handle: ApiHandler, defaults: Headers_): RestClient => {
  const call = async (method: string, path: string, { body, headers }: { body?: unknown; headers?: Headers_ } = {}) => {
    const request = new Request(`http://localhost:3000/api${path}`, {
      method,
      headers: {
        'X-Forwarded-For': '203.0.113.7',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...defaults,
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const response = await handle(request, 'test-request')
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: parse(text) }
  }
  return {
    get: (path, headers) => call('GET', path, { headers }),
    post: (path, body = {}, headers) => call('POST', path, { body, headers }),
    patch: (path, body = {}, headers) => call('PATCH', path, { body, headers }),
    del: (path, headers) => call('DELETE', path, { headers }),
    graphql: (query, variables) => call('POST', '/graphql', { body: { query, variables } }),
    as: async (user) =>
      clientOf(payload, handle, { ...defaults, Authorization: `JWT ${await tokenFor(payload, user)}` }),
  }
}
