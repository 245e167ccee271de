import { Resend } from 'resend'
import { callProvider } from '#providers/call-provider'
import { findProviderLimited } from '#providers/provider-limited'
import type { ProviderVerdict } from '#providers/provider-call'
import type { SendOutcome } from '../../../channel'
import type { OutgoingMail } from '../outgoing-mail'
import { classifyResendError } from './classify-resend-error'

export type MailGateway = { send: (mail: OutgoingMail) => Promise<SendOutcome> }

const parseRetryAfter = (value: string | undefined): number | null => {
  const seconds = Number(value)
  return value !== undefined && Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds), 86_400) : null
}

type Sent = Awaited<ReturnType<Resend['emails']['send']>>

/** `name` is Resend's own word; what else it says may hold an address. */
const judge = ({ error, headers }: Sent): ProviderVerdict => {
  if (!error) return { outcome: 'ok' }
  const { statusCode, name } = error
  if (statusCode === 429) return { outcome: 'limited', retryAfterSeconds: parseRetryAfter(headers?.['retry-after']) }
  if (statusCode === null)
    return { outcome: 'failed', reason: 'Resend could not be reached, or did not answer in time.' }
  const isOurs = statusCode < 500 && ![401, 403, 408].includes(statusCode)
  if (isOurs) return { outcome: 'refused' }
  const retryAfterSeconds = statusCode === 503 ? parseRetryAfter(headers?.['retry-after']) : null
  return { outcome: 'failed', reason: `Resend answered ${statusCode} ${name}.`, retryAfterSeconds }
}

const sendCounted = async (send: () => Promise<Sent>): Promise<Sent | { postponedBySeconds: number }> => {
  try {
    return await callProvider<Sent>(
      {
        provider: 'resend',
        operation: 'emails.send',
        judge: (settled) =>
          'value' in settled ? judge(settled.value) : { outcome: 'failed', reason: 'The call to Resend failed.' },
      },
      send,
    )
  } catch (error) {
    const limited = findProviderLimited(error)
    if (!limited) throw error
    return { postponedBySeconds: Math.ceil(limited.retryAfterSeconds) }
  }
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
      const message = {
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
      }
      const sent = await sendCounted(() =>
        resend.emails.send(message, {
          idempotencyKey: mail.idempotencyKey,
          signal: AbortSignal.timeout(timeoutMs),
        }),
      )
      if ('postponedBySeconds' in sent) {
        const seconds = sent.postponedBySeconds
        return {
          status: 'retry',
          reason: 'Resend takes no more mails now.',
          retryAfterSeconds: seconds,
          isPostponed: true,
        }
      }
      const { data, error, headers } = sent
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
