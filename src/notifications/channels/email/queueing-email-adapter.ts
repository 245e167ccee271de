import type { EmailAdapter, Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { settings } from '#settings'
import { payloadEmailAdapter, type PayloadMail } from './payload-email-adapter'

const queueMail = (payload: Payload, mail: PayloadMail): Promise<void> =>
  withTransaction(payload, (req) => enqueue(req, { task: 'deliver-mail', errand: mail, maxAttempts: 25 }))

/** Mails that Payload sends itself, through our queue. */
export const queueingEmailAdapter: EmailAdapter<void> = ({ payload }) =>
  payloadEmailAdapter({
    from: settings.resend.from,
    enqueueMail: (mail) => queueMail(payload, mail),
  })({ payload })
