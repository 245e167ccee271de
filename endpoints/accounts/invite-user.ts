import { z } from 'zod'
import { findUserToInvite } from '#accounts/login-queries'
import { inviteUser } from '#accounts/links/invite-user'
import { DomainError } from '#shared/errors'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { requireStaff } from '../operations/require-staff'

export const inviteUserEndpoint = defineCommand({
  method: 'post',
  path: '/account/invitations',
  operationId: 'inviteUser',
  tag: 'Accounts',
  summary: 'Mail a user the link to confirm their address again',
  description:
    'For staff. The link that was mailed before ends. Who has confirmed their address asks for a new password instead.',
  security: 'login',
  body: z.strictObject({ user: z.uuid() }),
  answers: { 202: { description: 'It is mailed', schema: z.object({ user: z.uuid() }) } },
  refusals: ['unauthenticated', 'forbidden', 'not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, body }) => {
    requireStaff(req, caller)
    const user = await findUserToInvite(req, body.user)
    if (!user) throw new DomainError('not_found', 'There is no such user.')
    if (user.isConfirmed) {
      throw new DomainError(
        'illegal_transition',
        'This user has confirmed their address. They can ask for a new password at the login.',
      )
    }
    if (!user.isActive) throw new DomainError('illegal_transition', 'This user is switched off. Switch them on first.')
    await inviteUser(req, user)
    return { answer: json({ user: user.id }, { status: 202 }) }
  },
})
