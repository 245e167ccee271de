import type { Payload } from 'payload'
import { HopelessJob } from '#outbox/hopeless-job'
import { ProviderLimited } from '#providers/provider-limited'
import { mailGateway } from './mail-gateway'
import type { PayloadMail } from './payload-email-adapter'

/** The provider has not taken a mail, or is not known to have: it is tried again. The message names no address. */
export class MailNotSent extends Error {
  override readonly name = 'MailNotSent'
}

/** The provider takes this mail never. The message names no address: what it says beyond its own word for it may. */
class MailRefused extends HopelessJob {
  override readonly name = 'MailRefused'
}

/**
 * Hands a mail to the provider.
 * @throws MailNotSent; HopelessJob for one that it refuses for good, which no record but its job tells of.
 */
export const sendMail = async (
  payload: Payload,
  { key, tags, ...mail }: PayloadMail & { tags: Readonly<Record<string, string>> },
): Promise<void> => {
  const answer = await mailGateway().send({
    ...mail,
    attachments: [],
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Entity-Ref-ID': key },
    tags,
    idempotencyKey: `mail/${key}`,
  })
  if (answer.status === 'retry') {
    const { reason, retryAfterSeconds } = answer
    // Nothing was done: the job waits for its turn, which is no failed try.
    const cause = retryAfterSeconds === null ? undefined : new ProviderLimited('resend', retryAfterSeconds)
    throw new MailNotSent(reason, { cause })
  }
  if (answer.status === 'refused') {
    payload.logger.error({ key, reason: answer.reason, msg: 'A mail cannot be delivered' })
    throw new MailRefused(`Resend refuses this mail: ${answer.reason.split(':')[0] ?? ''}`)
  }
}

/** Sends a mail that is no notification, as the queue has it. */
export const deliverMail = (payload: Payload, mail: PayloadMail): Promise<void> =>
  sendMail(payload, { ...mail, tags: { kind: 'other' } })
