export type StoredAttachment = {
  filename: string
  contentType: string
  /** base64 */
  content: string
}

/** A mail as it was accepted. */
export type StoredEmail = {
  id: string
  /** ISO 8601. */
  createdAt: string
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  replyTo: string[]
  subject: string
  html: string | null
  text: string | null
  headers: Record<string, string>
  tags: { name: string; value: string }[]
  attachments: StoredAttachment[]
  idempotencyKey: string | null
}

/** What was accepted under an idempotency key. */
export type StoredKey = { fingerprint: string; emailId: string; createdAt: string }

/** Everything the sandbox knows: plain JSON. The newest mail stands last. */
export type SandboxState = { emails: StoredEmail[]; keys: Record<string, StoredKey> }

export const createSandboxState = (): SandboxState => ({ emails: [], keys: {} })

/** A demo may run for weeks: only so many mails are kept, and their keys with them. */
export const usuallyKeptEmails = 1000

export const addEmail = (
  state: SandboxState,
  { email, fingerprint }: { email: StoredEmail; fingerprint: string },
  kept: number,
): void => {
  state.emails.push(email)
  if (email.idempotencyKey !== null) {
    state.keys[email.idempotencyKey] = { fingerprint, emailId: email.id, createdAt: email.createdAt }
  }
  for (const dropped of state.emails.splice(0, Math.max(0, state.emails.length - kept))) {
    if (dropped.idempotencyKey !== null) Reflect.deleteProperty(state.keys, dropped.idempotencyKey)
  }
}
