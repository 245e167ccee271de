import { defineChannel } from '#notifications/channel'

type Letter = { to: string; subject: string; text: string }

const requireUrl = (): string => {
  const url = process.env.PRACTICE_POSTBOX_URL
  if (!url) throw new Error('Set PRACTICE_POSTBOX_URL to the address of the postbox.')
  return url
}

/** The client's postbox at the practice, where letters lie that are nobody else's business. It keeps one letter per key. */
export const postbox = defineChannel<Letter>({
  label: 'Postbox of the practice',
  requireReady: () => void requireUrl(),
  addressOf: ({ email }) => email,
  compose: ({ content, recipient }) => ({
    to: recipient.address,
    subject: content.subject,
    text: content.intro,
  }),
  send: async (letter, { idempotencyKey, signal }) => {
    const response = await fetch(`${requireUrl()}/letters`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
      body: JSON.stringify(letter),
      signal,
    })
    if (response.ok) return { status: 'sent', providerMessageId: null }
    const reason = `The postbox answered ${response.status}.`
    return response.status >= 500 || response.status === 429
      ? { status: 'retry', reason, retryAfterSeconds: null }
      : { status: 'refused', reason }
  },
})
