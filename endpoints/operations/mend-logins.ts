import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { forgiveAccount } from '#access/login-guards'
import { isAdmin } from '#access/roles'
import { loginAccountOf } from '#accounts/guard-login'
import { endLoginSessions } from '#accounts/login-session-queries'
import { requireFreshLogin } from '#accounts/require-fresh-login'
import { forgiveFactorTries } from '#accounts/second-factor/guard-tries'
import { resetFactors } from '#accounts/second-factor/reset-factors'
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
    const { id, email } = await findUser(req, caller, params.id)
    await forgiveAccount(loginAccountOf(email))
    await forgiveFactorTries(id)
    return { answer: noContent() }
  },
})

export const resetSecondFactorEndpoint = defineCommand({
  ...ofUser,
  path: '/operations/users/:id/reset-second-factor',
  operationId: 'resetSecondFactor',
  summary: 'Take the second factors from somebody who has lost them',
  description:
    'For staff who have logged in within the last fifteen minutes (else `fresh_login_required`); of an administrator, for administrators; one’s own are removed in the account. They are logged out everywhere and told by mail, and log in with their password from then on. Make sure that it is them who ask.',
  answers: {
    200: {
      description: 'Without any, nothing happens',
      schema: z.object({ removed: z.int().describe('How many there were') }),
    },
  },
  refusals: [...ofUser.refusals, 'fresh_login_required'],
  handle: async ({ req, caller, params }) => {
    const { id } = await findUser(req, caller, params.id)
    if (id === caller.user?.id) {
      throw new DomainError(
        'forbidden',
        'Remove your own second factors in your account, where you show that it is you.',
      )
    }
    await requireFreshLogin(req)
    const removed = await resetFactors(req, id)
    req.payload.logger.info({ user: id, by: caller.user?.id, removed, msg: 'Second factors were reset by staff' })
    return { answer: json({ removed }) }
  },
})
