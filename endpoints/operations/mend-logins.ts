import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { forgiveAccount } from '#access/login-guards'
import { isAdmin } from '#access/roles'
import { loginAccountOf } from '#accounts/guard-login'
import { endLoginSessions } from '#accounts/login-session-queries'
import type { User } from '#payload-types'
import { DomainError } from '#shared/errors'
import { endedLogins } from '../account/ended-logins'
import { json, noContent } from '../support/answer'
import type { Caller } from '../support/caller'
import { defineCommand } from '../support/define-endpoint'
import { requireStaff } from './require-staff'

/** @throws DomainError `unauthenticated`, `forbidden`, `not_found`. */
const findUser = async (req: PayloadRequest, caller: Caller, id: string): Promise<User> => {
  requireStaff(req, caller)
  const user = await req.payload.findByID({ collection: 'users', id, depth: 0, disableErrors: true, req })
  if (!user) throw new DomainError('not_found', 'There is no such user.')
  if (user.roles.includes('admin') && !isAdmin(req)) {
    throw new DomainError('forbidden', 'Only administrators change the account of an administrator.')
  }
  return user
}

const ofUser = {
  method: 'post',
  tag: 'Operations',
  security: 'login',
  limit: 'change',
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({}),
  refusals: ['unauthenticated', 'forbidden', 'not_found'],
} as const

export const endAllLoginSessionsEndpoint = defineCommand({
  ...ofUser,
  path: '/operations/users/:id/end-sessions',
  operationId: 'endAllLoginSessions',
  summary: 'Log somebody out everywhere',
  description:
    'For staff; of an administrator, for administrators. They may log in again: to keep them out, switch their login off.',
  answers: { 200: { description: 'Their tokens stop working at once', schema: endedLogins } },
  handle: async ({ req, caller, params }) => {
    const { id } = await findUser(req, caller, params.id)
    return { answer: json({ ended: await endLoginSessions(req, id, null) }) }
  },
})

export const forgiveLoginsEndpoint = defineCommand({
  ...ofUser,
  path: '/operations/users/:id/forgive-logins',
  operationId: 'forgiveLogins',
  summary: 'Forgive failed logins',
  description:
    'For staff; of an administrator, for administrators. Nobody is kept waiting any more for having failed to log in to this account.',
  answers: { 204: { description: 'Forgiven' } },
  handle: async ({ req, caller, params }) => {
    const { email } = await findUser(req, caller, params.id)
    await forgiveAccount(loginAccountOf(email))
    return { answer: noContent() }
  },
})
