import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { hashToken } from '#shared/ids'
import { acceptedLanguage } from '../accepted-language'
import { findBookingLanguage } from './account-mail-queries'

/** How long the link to a new password works. */
export const passwordLinkMinutes = 60

/**
 * Given to Payload as the body of a mail that is in the queue already. Payload calls for the body with the request and its
 * transaction, but for the sending without them; a mail that was put into the queue only then could go out for a login that
 * is rolled back, and would need a second connection while the first one waits for it.
 */
export const alreadyQueued = '<!-- already in the queue -->'

type AccountMailRequest = {
  kind: 'account_verify' | 'password_reset'
  req?: PayloadRequest | undefined
  token?: string | undefined
  user?: unknown
}

const isUser = (user: unknown): user is { id: string; email: string } =>
  typeof user === 'object' && user !== null && 'id' in user && 'email' in user && typeof user.email === 'string'

/**
 * Queues the mail about a login, in the transaction that made its token. In the language that the person booked in, else that
 * of the browser they register or ask with; a member of staff who makes a login for somebody else says nothing about it.
 * @returns what stands for the body.
 */
export const queueAccountMail = async ({ kind, req, token, user }: AccountMailRequest): Promise<string> => {
  if (!req || !token || !isUser(user)) throw new Error(`A mail of kind ${kind} needs its request, user and token.`)
  const { id, email } = user
  const language =
    (await findBookingLanguage(req, { id, email })) ??
    (req.user ? null : acceptedLanguage(req.headers?.get('accept-language') ?? null))
  await withTransaction(req, (tx) =>
    enqueue(tx, {
      task: 'deliver-account-mail',
      errand: { userId: id, kind, tokenHash: hashToken(token), language },
      maxAttempts: 25,
    }),
  )
  return alreadyQueued
}
