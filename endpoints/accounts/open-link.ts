import { z } from 'zod'
import type { AccountPage } from '#accounts/links/account-link-kinds'
import { forgiveAccount } from '#access/login-guards'
import { loginAccountOf, welcomeLogin } from '#accounts/guard-login'
import { openAccountLink } from '#accounts/links/open-account-link'
import { enforceLimit } from '#access/rate-limits'
import { afterCommit } from '#database/transactions'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import type { Operation } from '../support/operation'

const body = z.strictObject({
  token: z.string().max(200).describe('What stands behind `#token=` in the link of the mail'),
  // How long it has to be is said by the rule for all passwords.
  password: z.string().max(1_000),
})

const answer = z.object({
  email: z.email().describe('To log in with'),
  mayUseAdmin: z.boolean().describe('Whether they log in at /admin; customers use the booking pages'),
})

const openLink = (
  page: AccountPage,
  description: Pick<Operation, 'path' | 'operationId' | 'summary' | 'description'>,
): Operation =>
  defineCommand({
    ...description,
    method: 'post',
    tag: 'Accounts',
    body,
    answers: { 200: { description: 'The password is set: log in with it', schema: answer } },
    refusals: ['not_found', 'link_expired', 'rate_limited'],
    // Whoever is logged in guesses no more often than others.
    look: async ({ caller }) => enforceLimit('login', { user: null, address: caller.address }),
    handle: async ({ req, body: { token, password } }) => {
      const user = await openAccountLink(req, { token, password, page })
      await afterCommit(req, async () => {
        // Whoever reads the mails of the account is no stranger: others who guess its password do not keep them out.
        await forgiveAccount(loginAccountOf(user.email))
        await welcomeLogin(req, user.email)
      })
      const mayUseAdmin = user.roles.some((role) => role !== 'customer')
      return { answer: json({ email: user.email, mayUseAdmin }) }
    },
  })

export const confirmAccountEndpoint = openLink('confirm', {
  path: '/account/confirm',
  operationId: 'confirmAccount',
  summary: 'Confirm an address with the link that was mailed, and choose a password',
  description:
    'Of somebody who registered, or whom staff have invited. The account is there from now on, with what was booked with this address as a guest. The link opens once.',
})

export const choosePasswordEndpoint = openLink('password', {
  path: '/account/password',
  operationId: 'choosePassword',
  summary: 'Choose a new password with the link that was mailed',
  description: 'Everybody who is logged in to the account is logged out. The link opens once, and all others end.',
})
