import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { lockRequest, type RequestRow } from '../request-queries'
import { requestStateNames } from '../request-states'
import { followErrand } from '#outbox/follow-errand'
import { decideRequestMessages } from './decide-request-messages'
import type { MessageAudience } from '#notifications/message-kinds'
import { listMessageOverrides } from '#notifications/notification-queries'
import { recordMessage } from '#notifications/record-message'
import { findConsultantRecipient, listOperationsRecipients, type Recipient } from '#notifications/recipient-queries'

/** What the change left word of; everything else is read. */
const detailSchema = z.object({
  from: z.enum(requestStateNames).nullish(),
  reason: z.string().nullish(),
  isNew: z.boolean().nullish(),
})

const listRecipients = async (
  req: PayloadRequest,
  request: RequestRow,
  audience: MessageAudience,
): Promise<Recipient[]> => {
  switch (audience) {
    case 'customer':
      return [
        {
          id: request.customerId,
          userId: request.customerUserId,
          customerId: request.customerId,
          name: request.customerName,
          language: request.language,
          timeZone: request.timeZone ?? request.customerTimeZone,
        },
      ]
    case 'consultant': {
      const consultant =
        request.consultantId === null ? undefined : await findConsultantRecipient(req, request.consultantId)
      return consultant ? [consultant] : []
    }
    case 'operations':
      return listOperationsRecipients(req)
    case 'account':
      return []
  }
}

/** What follows after something happened to a request: everybody concerned is told, once, how it stands now. */
export const followRequest = followErrand<'follow-request'>(async (req, { requestId, event, detail = {} }) => {
  const request = await lockRequest(req, requestId)
  if (!request) return
  const { from, reason, isNew } = detailSchema.parse(detail)
  const messages = decideRequestMessages(event, {
    request,
    from: from ?? null,
    reason: reason ?? null,
    isNew: isNew ?? false,
  })
  if (!messages.length) return
  const now = Date.now()
  const templates = await listMessageOverrides(req)
  for (const message of messages) {
    for (const recipient of await listRecipients(req, request, message.audience)) {
      await recordMessage(req, { message, recipient, templates, now })
    }
  }
})
