import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { settings } from '#settings'
import { hashToken } from '#shared/ids'
import { type AccountMailFacts, findAccountRecipient } from './account-mail-queries'
import { composePasswordMail, composeVerificationMail } from './compose-account-mail'
import { sendMail } from '../channels/email/deliver-mail'
import { passwordLinkMinutes } from './queue-account-mail'

/** Jobs of an older release hold the token itself. */
type Written = AccountMailFacts | (Omit<AccountMailFacts, 'tokenHash'> & { token: string })

/**
 * Sends the mail about a login, unless the link in it opens nothing any more.
 * @throws Error when it is not known to have gone out: the job comes again with the same key.
 */
export const deliverAccountMail = async (payload: Payload, written: Written): Promise<void> => {
  const { kind, language } = written
  const tokenHash = 'token' in written ? hashToken(written.token) : written.tokenHash
  const recipient = await findAccountRecipient(await localRequest(payload), { ...written, tokenHash })
  if (!recipient) return
  const { token } = recipient
  const { serverUrl, resend } = settings
  const { admin } = payload.config
  const mail =
    kind === 'account_verify'
      ? await composeVerificationMail({
          recipient,
          language,
          link: `${serverUrl}${payload.config.routes.admin}/users/verify/${token}`,
          from: resend.from,
        })
      : await composePasswordMail({
          recipient,
          language,
          link: `${serverUrl}${payload.config.routes.admin}${admin.routes.reset}/${token}`,
          validMinutes: passwordLinkMinutes,
          from: resend.from,
        })
  await sendMail(payload, {
    to: recipient.email,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    tags: { kind, audience: 'account' },
    key: hashToken(`${kind}:${token}`),
  })
}
