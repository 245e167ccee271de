import { createHash, randomUUID } from 'node:crypto'
import type { MailStore } from './mail-store'
import { parseEmail, type EmailBody } from './parse-email'
import { Refusal } from './refusal'
import type { StoredEmail } from './sandbox-state'

/** Resend remembers a key for a day. */
const keyLifetime = 24 * 60 * 60 * 1000

/** The same content gives the same text, in whatever order its fields came. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}

const fingerprintOf = (body: EmailBody): string => createHash('sha256').update(canonical(body)).digest('base64url')

/** @throws Refusal when the key has a length that Resend does not take. */
const checkKey = (key: string | undefined): string | null => {
  if (key === undefined) return null
  if (key.length < 1 || key.length > 256) {
    throw new Refusal('invalid_idempotency_key', 'The key must be between 1-256 chars.')
  }
  return key
}

/**
 * Takes a mail in, once per idempotency key: the same mail again gets the same id and is not stored twice.
 * @throws Refusal for what Resend would refuse, a key that was used for another mail among it.
 */
export const acceptEmail = (
  store: MailStore,
  { json, idempotencyKey, now }: { json: unknown; idempotencyKey: string | undefined; now: number },
): { id: string } => {
  const key = checkKey(idempotencyKey)
  const body = parseEmail(json)
  const fingerprint = fingerprintOf(body)
  const known = key === null || !Object.hasOwn(store.state.keys, key) ? undefined : store.state.keys[key]
  if (known && now - Date.parse(known.createdAt) < keyLifetime) {
    if (known.fingerprint === fingerprint) return { id: known.emailId }
    throw new Refusal(
      'invalid_idempotent_request',
      'This idempotency key has been used on a request with a different payload.',
    )
  }
  const email: StoredEmail = {
    id: randomUUID(),
    createdAt: new Date(now).toISOString(),
    from: body.from,
    to: body.to,
    cc: body.cc ?? [],
    bcc: body.bcc ?? [],
    replyTo: body.reply_to ?? [],
    subject: body.subject,
    html: body.html ?? null,
    text: body.text ?? null,
    headers: body.headers ?? {},
    tags: body.tags ?? [],
    attachments: (body.attachments ?? []).map(({ filename, content, content_type }) => ({
      filename,
      content,
      contentType: content_type ?? 'application/octet-stream',
    })),
    idempotencyKey: key,
  }
  store.add(email, fingerprint)
  return { id: email.id }
}
