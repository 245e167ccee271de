import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { endAccountLinks, insertAccountLink, lockAddress } from './account-link-queries'

/** Mails a user whom staff have made the link with which they confirm their address; one that was mailed before ends. */
export const inviteUser = (from: PayloadRequest, user: { id: string; email: string; name: string }): Promise<void> =>
  withTransaction(from, async (req) => {
    const address = user.email.toLowerCase()
    await lockAddress(req, address)
    await endAccountLinks(req, address, { purpose: 'invite' })
    const link = { purpose: 'invite', userId: user.id, address, name: user.name, language: null } as const
    const linkId = await insertAccountLink(req, link)
    if (linkId === undefined) throw new Error('An invitation was not written down.')
    await enqueue(req, { task: 'deliver-account-mail', errand: { linkId }, maxAttempts: 25 })
  })
