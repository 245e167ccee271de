import { localRequest } from '#database/local-request'
import type { Task } from '#outbox/task'
import { settings } from '#settings'
import { hashToken } from '#shared/ids'
import { findAccountRecipient } from './account-mail-queries'
import { composePasswordMail, composeVerificationMail } from './compose-account-mail'
import { sendMail } from '../channels/email/deliver-mail'
import { passwordLinkMinutes } from './queue-account-mail'

/**
 * Sends the mail about a login, unless the link in it opens nothing any more.
 * @throws Error when it is not known to have gone out: the job comes again with the same key.
 */
export const deliverAccountMail: Task<'deliver-account-mail'> = async (payload, job) => {
  const { kind, token, language } = job
  const recipient = await findAccountRecipient(await localRequest(payload), job)
  if (!recipient) return
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
