import { z } from 'zod'
import { enforceLimit } from '#access/rate-limits'
import { askForAccountLink } from '#accounts/links/ask-for-account-link'
import { guardWrite } from '#challenge/guard-write'
import { acceptedLanguage } from '#notifications/accepted-language'
import { email, line } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'

export const registerEndpoint = defineCommand({
  method: 'post',
  path: '/users',
  operationId: 'register',
  tag: 'Accounts',
  summary: 'Ask for an account',
  description:
    'Whoever reads the mails of this address is sent a link, with which they choose a password; there is no account before. The answer is the same whether the address has an account or not. Staff make the record of a user by the same request.',
  // Other fields of a user are left out: a password above all, as whoever types it may not be who reads the mail.
  body: z.looseObject({ name: line(200), email }),
  answers: {
    202: {
      description: 'A mail was sent, unless the address was sent several within the hour',
      schema: z.object({ message: z.string() }),
    },
  },
  refusals: ['rate_limited', 'challenge_required'],
  look: async ({ caller }) => enforceLimit('mail', { user: null, address: caller.address }),
  handle: async ({ req, caller, body }) => {
    await guardWrite(req, 'register', { user: null, address: caller.address })
    const language = acceptedLanguage(req.headers.get('accept-language'))
    await askForAccountLink(req, { purpose: 'register', address: body.email, name: body.name, language })
    const message = 'We have sent you a mail. Open the link in it to choose a password; it works for 24 hours.'
    return { answer: json({ message }, { status: 202 }) }
  },
})
