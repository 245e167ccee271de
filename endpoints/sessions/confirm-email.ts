import { z } from 'zod'
import { arrivalProof } from '#notifications/render/compose-links'
import { openMailedLink } from '#sessions/open-mailed-link'
import { findSessionByReference, requireSession } from '#sessions/session-queries'
import { settings } from '#settings'
import { isSameSecret } from '#shared/ids'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'
import { viewSessionWithPayment } from '../support/present'
import { referenceParams, sessionRead } from '../support/schemas'

export const confirmEmailEndpoint = defineCommand({
  method: 'post',
  path: '/booking/sessions/:reference/confirm-email',
  operationId: 'confirmEmail',
  tag: 'Book',
  summary: 'Confirm a free booking by the link that was mailed',
  description:
    'Where the service type asks for it, a free booking is `pending_confirmation` with the action `confirm_email` until the button behind the mailed link sends `mail` of its fragment here. Then it is `scheduled`, or waits for the consultant where a yes is needed, and the address counts as confirmed.',
  params: referenceParams,
  body: z.strictObject({ mail: z.string().max(128).describe('From the fragment of the link') }),
  answers: { 200: { description: 'Confirmed', schema: sessionRead } },
  refusals: ['not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params, body: { mail } }) => {
    const found = await findSessionByReference(req, params.reference)
    if (!found || !isSameSecret(mail, arrivalProof(settings.payloadSecret, found.reference, found.customerEmail))) {
      return refuseGuess(caller, 'mail')
    }
    await openMailedLink(req, found.id)
    const session = await requireSession(req, found.id)
    return { answer: json(await viewSessionWithPayment(req, session, { role: 'customer', id: session.customerId })) }
  },
})
