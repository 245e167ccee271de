import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { enforceLimit } from '#access/rate-limits'
import { DomainError, type ErrorCode } from '#shared/errors'
import { callerOf } from './caller'
import { maxBodyBytes } from './define-endpoint'
import type { Operation } from './operation'
import { problemResponse } from './problem-response'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
type Method = (typeof methods)[number]

const isMethod = (method: string): method is Method => methods.some((known) => known === method)

const codeOf: Readonly<Partial<Record<number, ErrorCode>>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'payload_too_large',
}

/** Payload's own refusals, as plain handlers throw them. Anything else is a fault, and opaque. */
const toRefusal = (error: unknown): unknown =>
  error instanceof APIError && error.status >= 400 && error.status < 500
    ? new DomainError(codeOf[error.status] ?? 'invalid_request', error.message, { cause: error })
    : error

const boundBody = async (req: PayloadRequest): Promise<void> => {
  const declared = Number(req.headers.get('content-length') ?? 0)
  const bytes = req.body && req.clone ? (await req.clone().arrayBuffer()).byteLength : 0
  if (Math.max(declared, bytes) > maxBodyBytes) {
    throw new DomainError('payload_too_large', `The body may be at most ${maxBodyBytes / 1024} KiB.`)
  }
}

const idOf = (method: string, path: string): string =>
  [method, ...path.split(/[^A-Za-z0-9]+/)]
    .filter((word) => word !== '')
    .map((word, index) => (index ? word.charAt(0).toUpperCase() + word.slice(1) : word))
    .join('')

/**
 * A route that somebody else's code (a plugin) brings along, within our frame: a rate limit, the bound of the body, refusals as problem documents.
 * What it takes and answers it does not say, so the document tells of it that it is there, and how it is refused.
 * @param path where it lies below `/api`.
 * @throws Error for a method that has no place in the API.
 */
export const framePlainEndpoint = (endpoint: Endpoint, path: string): Endpoint => {
  const { method } = endpoint
  if (!isMethod(method))
    throw new Error(`The endpoint ${method.toUpperCase()} ${path} has a method that is not served.`)
  const framed: Endpoint = {
    ...endpoint,
    handler: async (req) => {
      try {
        await enforceLimit('added', callerOf(req))
        await boundBody(req)
        const answer = await endpoint.handler(req)
        // Types say nothing of what the code of others does.
        if (!(answer as unknown)) throw new TypeError(`${method.toUpperCase()} ${path} answers nothing.`)
        return answer
      } catch (error) {
        return problemResponse(req, toRefusal(error))
      }
    },
  }
  byHandler.set(framed.handler, {
    method,
    path: `/${path.replace(/^\/+/, '').replace(/\/$/, '')}`,
    operationId: idOf(method, path),
    tag: 'Plugins',
    summary: 'A route of a plugin, which does not say what it takes and answers',
    answers: { 200: { description: 'What the plugin answers' } },
    refusals: ['unauthenticated', 'forbidden', 'not_found', 'invalid_request'],
    limit: 'added',
    isIdempotent: false,
    endpoint: framed,
  })
  return framed
}

const byHandler = new WeakMap<Endpoint['handler'], Operation>()

/** How the document tells of a route that was framed; undefined for any other. */
export const plainOperationOf = ({ handler }: Endpoint): Operation | undefined => byHandler.get(handler)
