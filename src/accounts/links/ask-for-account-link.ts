import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import type { AskedPurpose } from './account-link-kinds'
import { insertAccountLink, lockAddress } from './account-link-queries'

/**
 * Somebody asks for a link with nothing but an address. Whether that has a login is not looked at before the mail goes out, so neither the
 * answer nor its time tells. Beyond what an address is sent in an hour nothing is mailed.
 * @param ask.address in lower case.
 * @param ask.language what their browser prefers.
 */
export const askForAccountLink = (
  req: PayloadRequest,
  ask: { purpose: AskedPurpose; address: string; name: string; language: string | null },
): Promise<void> =>
  withTransaction(req, async (tx) => {
    await lockAddress(tx, ask.address)
    const linkId = await insertAccountLink(tx, { ...ask, userId: null })
    if (linkId === undefined) return
    await enqueue(tx, { task: 'deliver-account-mail', errand: { linkId }, maxAttempts: 25 })
  })
