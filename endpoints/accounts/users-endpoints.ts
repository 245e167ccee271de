import { addDataAndFileToRequest, type Endpoint, type PayloadRequest } from 'payload'
import { isStaff } from '#access/roles'
import { DomainError } from '#shared/errors'
import { wrapOperation } from '../support/define-endpoint'
import { problemResponse } from '../support/problem-response'
import { forgotPasswordEndpoint } from './forgot-password'
import { registerEndpoint } from './register'

type Handler = Endpoint['handler']

/** The admin's forms send JSON in a part of a form. */
const readForm = async (req: PayloadRequest): Promise<void> => {
  if (!req.headers.get('content-type')?.startsWith('multipart/')) return
  await addDataAndFileToRequest(req)
  const text = JSON.stringify(req.data ?? {})
  req.text = () => Promise.resolve(text)
}

/** What Payload itself has at this address: it puts its own endpoints behind those of the collection. */
const payloadsOwn = (req: PayloadRequest, method: string, path: string): Handler => {
  const { endpoints } = req.payload.collections.users.config
  const own = (endpoints || []).findLast((endpoint) => endpoint.method === method && endpoint.path === path)
  if (!own) throw new Error(`Payload has no ${method} ${path} for users any more: look what took its place.`)
  return own.handler
}

const fromForm =
  (handler: Handler): Handler =>
  async (req) => {
    try {
      await readForm(req)
      return await handler(req)
    } catch (error) {
      return problemResponse(req, error)
    }
  }

/** Staff make records of users, everybody else asks for an account. */
const register = wrapOperation(registerEndpoint, (handler) => {
  const ask = fromForm(handler)
  return (req) => (isStaff(req) ? payloadsOwn(req, 'post', '/')(req) : ask(req))
})

const forgotPassword = wrapOperation(forgotPasswordEndpoint, fromForm)

const gone = (method: Endpoint['method'], path: string, words: string): Endpoint => ({
  method,
  path,
  handler: (req) => problemResponse(req, new DomainError('link_expired', words)),
})

const olderKind = 'This link is of an older kind and does nothing any more.'

/** Addresses below `/api/users` that are ours and not Payload's; they stand before its own. */
export const usersEndpoints: Endpoint[] = [
  { ...register.endpoint, path: '/' },
  { ...forgotPassword.endpoint, path: '/forgot-password' },
  gone('get', '/verify/:token', `${olderKind} Register again, or ask for a new password.`),
  gone('post', '/verify/:token', `${olderKind} Register again, or ask for a new password.`),
  gone('post', '/reset-password', `${olderKind} Ask for a new password with POST /api/users/forgot-password.`),
  // Payload would make whoever comes first an administrator, with the roles of their choice.
  {
    path: '/first-register',
    method: 'post',
    handler: () => Response.json({ errors: [{ message: 'Not Found' }] }, { status: 404 }),
  },
]
