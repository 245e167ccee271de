import { z } from 'zod'
import { enforceLimit } from '#access/rate-limits'
import { askForAccountLink } from '#accounts/links/ask-for-account-link'
import { guardWrite } from '#challenge/guard-write'
import { acceptedLanguage } from '#notifications/accepted-language'
import { email } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'

export const forgotPasswordEndpoint = defineCommand({
  method: 'post',
  path: '/users/forgot-password',
  operationId: 'forgotPassword',
  tag: 'Accounts',
  summary: 'Ask for a new password',
  description:
    'The owner of an account is mailed a link that works for an hour. The answer is the same whether the address has an account or not.',
  body: z.looseObject({ email }),
  answers: {
    200: {
      description: 'A mail was sent, if the address has an account and was not sent several within the hour',
      schema: z.object({ message: z.string() }),
    },
  },
  refusals: ['rate_limited', 'challenge_required'],
  look: async ({ caller }) => enforceLimit('mail', { user: null, address: caller.address }),
  handle: async ({ req, caller, body }) => {
    await guardWrite(req, 'forgotPassword', { user: null, address: caller.address })
    const language = acceptedLanguage(req.headers.get('accept-language'))
    await askForAccountLink(req, { purpose: 'reset', address: body.email, name: '', language })
    return { answer: json({ message: req.t('general:success') }) }
  },
})
