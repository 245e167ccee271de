import { randomUUID } from 'node:crypto'
import type { EmailAdapter, SendEmailOptions } from 'payload'
import { cleanLine } from '#shared/clean-text'
import { parseMailbox } from './mailbox'

/** A mail of Payload's own, for our delivery. */
export type PayloadMail = { to: string; subject: string; html: string; text: string; key: string }

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : Buffer.isBuffer(value) ? value.toString('utf8') : ''

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const addressesOf = (to: SendEmailOptions['to']): string[] =>
  (Array.isArray(to) ? to : [to]).flatMap((one) => {
    if (!one) return []
    const list = typeof one === 'string' ? one.split(',') : [one.address]
    return list.map((address) => parseMailbox(address).email).filter(Boolean)
  })

/**
 * Payload's way to send mail, leading into our delivery: a mail waits in the queue like every other, so that a provider
 * that is down neither loses it nor holds up the request. One job per recipient; the sender is always ours.
 * @throws Error for attachments and copies: Payload itself sends none, and dropping them in silence would be worse.
 */
export const payloadEmailAdapter =
  ({ from, enqueueMail }: { from: string; enqueueMail: (mail: PayloadMail) => Promise<void> }): EmailAdapter<void> =>
  () => {
    const sender = parseMailbox(from)
    return {
      name: 'parley',
      defaultFromName: sender.name,
      defaultFromAddress: sender.email,
      sendEmail: async (message) => {
        if (message.attachments?.length || message.cc || message.bcc) {
          throw new Error('Mails sent through Payload take neither attachments nor copies.')
        }
        const addresses = addressesOf(message.to)
        if (addresses.length === 0) throw new Error('The mail has no recipient.')
        const html = textOf(message.html) || `<pre>${escapeHtml(textOf(message.text))}</pre>`
        // Loaded when needed: the adapter is part of the configuration, which every process reads at its start.
        const { toPlainText } = await import('@react-email/render')
        const text = textOf(message.text) || toPlainText(html)
        const subject = cleanLine(message.subject ?? '', 250)
        for (const to of addresses) {
          await enqueueMail({ to, subject, html, text, key: randomUUID() })
        }
      },
    }
  }
