import { z } from 'zod'
import { storeConfirmedEmail } from '#accounts/customer-queries'
import { storeClaimantShown } from '#availability/bounds/claimed-queries'
import { withTransaction } from '#database/transactions'
import { arrivalProof } from '#notifications/render/compose-links'
import { findRequestByReference } from '#requests/request-queries'
import { findSessionByReference } from '#sessions/session-queries'
import { settings } from '#settings'
import { isSameSecret } from '#shared/ids'
import { noContent } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'

export const confirmAddressEndpoint = defineEndpoint({
  method: 'post',
  path: '/booking/addresses/confirm',
  operationId: 'confirmAddress',
  tag: 'Book',
  summary: 'Say that a mail has arrived',
  description:
    "The page behind a link of a mail sends `mail` of its fragment here. From then on the customer's address counts as theirs: mails to it have their name and words in them, and are not bounded in number. The manage token does not show that, as whoever books is given it.",
  body: z.strictObject({
    reference: z.string().max(32).describe('Of the session or request that the mail is about'),
    mail: z.string().max(128).describe('From the fragment of the link'),
  }),
  answers: { 204: { description: 'Noted, or known before' } },
  refusals: ['not_found'],
  limit: 'change',
  handle: async ({ req, caller, body: { reference, mail } }) => {
    const found = (await findSessionByReference(req, reference)) ?? (await findRequestByReference(req, reference))
    if (!found || !isSameSecret(mail, arrivalProof(settings.payloadSecret, found.reference, found.customerEmail))) {
      return refuseGuess(caller, 'mail')
    }
    await withTransaction(req, (tx) => storeConfirmedEmail(tx, { id: found.customerId, email: found.customerEmail }))
    // Not within: it locks claims, and others who do that lock customers afterwards.
    await withTransaction(req, (tx) => storeClaimantShown(tx, found.customerId))
    return noContent()
  },
})
