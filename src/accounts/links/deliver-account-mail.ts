import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { findBookingLanguage } from '#accounts/login-queries'
import { composeAccountMail } from '#notifications/account-mail/compose-account-mail'
import { sendMail } from '#notifications/channels/email/deliver-mail'
import { settings } from '#settings'
import { hashToken } from '#shared/ids'
import { accountLinkPurposes, type AccountLinkPurpose, accountPages } from './account-link-kinds'
import {
  endAccountLinks,
  findAddressOwner,
  findLinkAddress,
  lockAccountLink,
  lockAddress,
  storeLinkPurpose,
  wasToldOfRegistration,
} from './account-link-queries'
import { accountLinkToken } from './account-link-token'
import { decideAccountMail } from './decide-account-mail'

/** Which link is to be mailed. Its token stands nowhere. */
export type AccountMailErrand = { linkId: string }

type AccountMailToSend = { purpose: AccountLinkPurpose; address: string; name: string; language: string | null }

/**
 * Sends the mail about a login, unless the link in it opens nothing any more. Jobs of the release before, whose links are closed, end here.
 * @throws Error when it is not known to have gone out: the job comes again with the same key.
 */
export const deliverAccountMail = async (payload: Payload, errand: AccountMailErrand | object): Promise<void> => {
  if (!('linkId' in errand)) return
  const { linkId } = errand
  const mail = await settleAccountMail(payload, linkId)
  if (!mail) return
  const { validMinutes, page, mail: kind } = accountLinkPurposes[mail.purpose]
  const token = accountLinkToken(linkId)
  const { subject, html, text } = await composeAccountMail({
    kind,
    recipient: { name: mail.name, email: mail.address },
    language: mail.language,
    // What stands behind # reaches no server, and no log.
    link: `${settings.serverUrl}${accountPages[page]}#token=${token}`,
    validMinutes,
    from: settings.resend.from,
  })
  const tags = { kind, audience: 'account' }
  await sendMail(payload, { to: mail.address, subject, html, text, tags, key: hashToken(`${kind}:${token}`) })
}

/** Decides what the mail is about, and stores it with the link; undefined when there is nothing to send. Doing it again decides the same. */
const settleAccountMail = (payload: Payload, linkId: string): Promise<AccountMailToSend | undefined> =>
  withTransaction(payload, async (req) => {
    const address = await findLinkAddress(req, linkId)
    if (address === undefined) return undefined
    await lockAddress(req, address)
    const link = await lockAccountLink(req, linkId)
    if (!link || link.usedAt !== null || link.expiresAt <= Date.now()) return undefined
    const owner = await findAddressOwner(req, address)
    const decision = decideAccountMail(link, { owner, wasTold: await wasToldOfRegistration(req, address) })
    if (!decision) {
      await endAccountLinks(req, address, { id: linkId })
      return undefined
    }
    await storeLinkPurpose(req, linkId, decision)
    const booked = await findBookingLanguage(req, { id: owner?.id ?? null, email: address })
    // Whoever registers types what they like for a name: the owner of the address is not written to by it.
    return { purpose: decision.purpose, address, name: owner?.name ?? '', language: booked ?? link.language }
  })
