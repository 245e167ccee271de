import { z } from 'zod'
import { Refusal, type RefusalName } from './refusal'

const address =
  /^[^\s@<>"(),:;\\[\]]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/

/** `email@example.com` or `Name <email@example.com>`; the address, or null. */
const addressIn = (text: string): string | null => {
  if (/[\r\n]/.test(text)) return null
  const found = /^[^<>]*<([^<>]+)>$/.exec(text.trim())?.[1] ?? text.trim()
  return address.test(found) && found.length <= 320 ? found : null
}

const form = 'The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.'

/** One address or several, at most 50. */
const recipients = (field: string) =>
  z
    .union([z.string(), z.array(z.string()).max(50)], {
      error: (issue) => (issue.input === undefined ? `Missing \`${field}\` field.` : `Invalid \`${field}\` field.`),
    })
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .refine((list) => list.every((one) => addressIn(one) !== null), `Invalid \`${field}\` field. ${form}`)

const headerName = /^[!-9;-~]+$/
const tagText = z
  .string()
  .regex(/^[\w-]{1,256}$/, 'Tags should only contain ASCII letters, numbers, underscores, or dashes.')

const attachment = z.strictObject({
  filename: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^\r\n/\\]+$/),
  content: z.base64(),
  content_type: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+(; ?[\w-]+="?[\w.-]+"?)*$/)
    .optional(),
  content_id: z.string().max(128).optional(),
})

/** What is sent to `POST /emails`. Unknown fields are refused, so that a misspelt one is noticed. */
const emailBody = z
  .strictObject({
    from: z
      .string({ error: 'Missing `from` field.' })
      .refine((text) => addressIn(text) !== null, `Invalid \`from\` field. ${form}`),
    to: recipients('to').refine((list) => list.length > 0, 'Missing `to` field.'),
    cc: recipients('cc').optional(),
    bcc: recipients('bcc').optional(),
    reply_to: recipients('reply_to').optional(),
    subject: z
      .string({ error: 'Missing `subject` field.' })
      .min(1, 'Missing `subject` field.')
      .max(998, 'The `subject` field is too long.')
      .regex(/^[^\r\n]*$/, 'The `\\n` is not allowed in the `subject` field.'),
    html: z.string().optional(),
    text: z.string().optional(),
    headers: z
      .record(z.string().regex(headerName), z.string().regex(/^[^\r\n]*$/), { error: 'Invalid `headers` field.' })
      .optional(),
    tags: z
      .array(z.strictObject({ name: tagText, value: tagText }))
      .max(75)
      .optional(),
    attachments: z.array(attachment).optional(),
  })
  .refine((body) => body.html !== undefined || body.text !== undefined, 'Missing `html` or `text` field.')
  .refine(({ tags = [] }) => new Set(tags.map((tag) => tag.name)).size === tags.length, 'Tags must have unique names.')
  .refine(
    ({ attachments = [] }) => attachments.reduce((sum, { content }) => sum + content.length, 0) <= 40 * 1024 * 1024,
    { message: 'The attachments are larger than 40 MB.', path: ['attachments'] },
  )

export type EmailBody = z.infer<typeof emailBody>

const refusalOf = (issue: z.core.$ZodIssue): RefusalName => {
  if (issue.message.startsWith('Missing')) return 'missing_required_field'
  if (issue.path[0] === 'from') return 'invalid_from_address'
  if (issue.path[0] === 'attachments') return 'invalid_attachment'
  return 'validation_error'
}

/**
 * Checks a mail as Resend does.
 * @throws Refusal naming the first thing that is wrong. Scheduling, templates and attachments by address, which Resend has
 * and the sandbox has not, are refused too: better than to pretend.
 */
export const parseEmail = (json: unknown): EmailBody => {
  const result = emailBody.safeParse(json)
  if (result.success) return result.data
  const missing = result.error.issues.find((issue) => issue.message.startsWith('Missing'))
  const issue = missing ?? result.error.issues[0]
  if (!issue) throw new Refusal('validation_error', 'Invalid request.')
  const where = issue.path.length ? ` (${issue.path.join('.')})` : ''
  throw new Refusal(refusalOf(issue), `${issue.message}${issue.message.includes('`') ? '' : where}`)
}

/** The bare addresses, for looking mails up by their recipient. */
export const bareAddress = (text: string): string => (addressIn(text) ?? text).toLowerCase()
