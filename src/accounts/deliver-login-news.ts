import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import type { AccountMessageKind } from '#notifications/account-mail/account-message-kinds'
import { composeAccountMail } from '#notifications/account-mail/compose-account-mail'
import { sendMail } from '#notifications/channels/email/deliver-mail'
import { settings } from '#settings'
import { accountPages } from './links/account-link-kinds'
import { findBookingLanguage, findUserToTell } from './login-queries'

/** What can happen to a login that its owner is told. */
export type LoginNews = Extract<
  AccountMessageKind,
  `second_factor_${string}` | `recovery_code${string}` | `login_${string}` | `provider_${string}`
>

/** Who had a login by an address that it has lost: told whatever has become of the login meanwhile. */
export type FormerOwner = { name: string; email: string }

/** Whose login, and what has happened. `id` tells two of the same kind apart. */
export type LoginNewsErrand = { id: string; userId: string; news: LoginNews; former?: FormerOwner }

/**
 * Sends the mail about what has happened to a login. It goes to the address that the login has now, unless the errand names a former owner.
 * @throws Error when it is not known to have gone out: the job comes again with the same key.
 */
export const deliverLoginNews = async (
  payload: Payload,
  { id, userId, news, former }: LoginNewsErrand,
): Promise<void> => {
  const recipient = await withTransaction(payload, async (req) => {
    const user = former ?? (await findUserToTell(req, userId))
    return (
      user && { ...user, language: await findBookingLanguage(req, { id: former ? null : userId, email: user.email }) }
    )
  })
  if (!recipient) return
  const { name, email, language } = recipient
  const { subject, html, text } = await composeAccountMail({
    kind: news,
    recipient: { name, email },
    language,
    // An address that opens nothing any more chooses no password.
    link: `${settings.serverUrl}${former === undefined ? accountPages.password : ''}`,
    from: settings.resend.from,
  })
  await sendMail(payload, { to: email, subject, html, text, tags: { kind: news, audience: 'account' }, key: id })
}
