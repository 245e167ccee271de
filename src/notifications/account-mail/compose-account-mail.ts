import type { AccountMessageKind } from './account-message-kinds'
import { type RenderedMessage, renderMessage } from '../render/render-message'

/** What a mail about a login needs. */
type AccountMail = {
  kind: AccountMessageKind
  recipient: { name: string; email: string }
  language?: string | null
  /** The page that the button opens, with its token if it needs one. */
  link: string
  /** How long that works, where it does not work for good. */
  validMinutes?: number
  from: string
}

/** Writes a mail about a login: its one link leads to where somebody confirms their address, or chooses a password. */
export const composeAccountMail = ({
  kind,
  recipient,
  language,
  link,
  validMinutes,
  from,
}: AccountMail): Promise<RenderedMessage> =>
  renderMessage({
    kind,
    audience: 'account',
    data: validMinutes === undefined ? {} : { validMinutes },
    recipient,
    language,
    timeZone: null,
    links: { account: link },
    from,
    createdAt: 0,
    // Whoever asks for an account may have typed anybody's address and any name; all others are named by their account.
    isConfirmed: kind !== 'account_verify',
  })
