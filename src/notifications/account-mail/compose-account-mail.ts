import { type RenderedMessage, renderMessage } from '../render/render-message'

/** What a mail about a login needs; it is rendered where the login is made, and delivered like every other mail. */
type AccountMail = {
  recipient: { name: string; email: string }
  language?: string | null
  /** The page that the button opens, with its token. */
  link: string
  from: string
}

const renderAccount = ({ recipient, language, link, from }: AccountMail) => ({
  audience: 'account' as const,
  recipient,
  language,
  timeZone: null,
  links: { account: link },
  from,
  createdAt: 0,
})

/** "Is this your address?" */
export const composeVerificationMail = (mail: AccountMail): Promise<RenderedMessage> =>
  renderMessage({ kind: 'account_verify', data: {}, ...renderAccount(mail) })

/** "Choose a new password"; `validMinutes` as the token's expiry is configured. */
export const composePasswordMail = (mail: AccountMail & { validMinutes: number }): Promise<RenderedMessage> =>
  renderMessage({ kind: 'password_reset', data: { validMinutes: mail.validMinutes }, ...renderAccount(mail) })
