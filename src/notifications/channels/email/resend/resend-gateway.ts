import { Resend } from 'resend'
import type { SendOutcome } from '../../../channel'
import type { OutgoingMail } from '../outgoing-mail'
import { classifyResendError } from './classify-resend-error'

export type MailGateway = { send: (mail: OutgoingMail) => Promise<SendOutcome> }

const parseRetryAfter = (value: string | undefined): number | null => {
  const seconds = Number(value)
  return value !== undefined && Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds), 86_400) : null
}

/**
 * Sends mails through Resend. Never throws: what went wrong is in the outcome, without the mail's content or the key.
 * Resend remembers an idempotency key for 24 hours; a mail whose fate is unknown for longer may be sent twice.
 * @param options.baseUrl another host, for a sandbox or a proxy; without a slash at the end.
 */
export const createResendGateway = ({
  apiKey,
  baseUrl,
  from,
  timeoutMs = 15_000,
}: {
  apiKey: string
  baseUrl?: string | undefined
  from: string
  timeoutMs?: number
}): MailGateway => {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl: baseUrl.replace(/\/+$/, '') } : {})
  return {
    send: async (mail) => {
      const { data, error, headers } = await resend.emails.send(
        {
          from,
          to: mail.to,
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          headers: { ...mail.headers },
          tags: Object.entries(mail.tags).map(([name, value]) => ({ name, value })),
          ...(mail.attachments.length
            ? {
                attachments: mail.attachments.map(({ filename, content, contentType }) => ({
                  filename,
                  content: Buffer.from(content, 'utf8'),
                  contentType,
                })),
              }
            : {}),
        },
        { idempotencyKey: mail.idempotencyKey, signal: AbortSignal.timeout(timeoutMs) },
      )
      if (!error) return { status: 'sent', providerMessageId: data.id }
      const reason = `${error.statusCode ?? 'no answer'} ${error.name}: ${error.message}`.slice(0, 500)
      switch (classifyResendError(error)) {
        case 'sent':
          return { status: 'sent', providerMessageId: null }
        case 'refused':
          return { status: 'refused', reason }
        case 'retry':
          return { status: 'retry', reason, retryAfterSeconds: parseRetryAfter(headers?.['retry-after']) }
      }
    },
  }
}
