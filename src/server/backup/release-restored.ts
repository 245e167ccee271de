import type { Payload } from 'payload'
import { reconcile } from '#checkout/reconciliation/reconcile'
import { startReconciliation } from '#checkout/reconciliation/start-reconciliation'
import { endRestoredHold, findRestoredHold, type RestoredHold } from '#database/facts-of-backups'
import { setAsideOldMail } from '#database/set-aside-old-mail'
import { withTransaction } from '#database/transactions'
import { moneyFaultKinds } from '#payments/ledger/money-fault-kinds'
import { readMoneyFaults } from '#payments/ledger/read-money-faults'
import { findRun, listOpenFindings } from '#payments/reconciliation/reconciliation-queries'
import { hourMs } from '#shared/time'
import { StartError } from '../exit-with-line'
import { connect } from './database-facts'

type ReleaseOptions = {
  /** Asks Stripe what it knows that the backup does not. Off for a rehearsal, on a machine that shall not ask. */
  withStripe: boolean
  /** Releases although something is open. */
  despiteFaults: boolean
}

/** What stands open after a look, in words, and what became of waiting mails. */
type Released = { hold: RestoredHold; open: string[]; isReleased: boolean; messages: number; loginMails: number }

/** Resend remembers keys for 24 hours; an hour of it for whoever restores. */
const mailsKnownForMs = 23 * hourMs

/** More than anybody reads. */
const mostShown = 20

/**
 * Lets workers start on a restored database, when the books agree with themselves and with Stripe. What Stripe knows and the backup does not is
 * booked as far as that is possible. May be called again.
 * @throws StartError when nothing is held, or Stripe cannot be asked.
 */
export const releaseRestored = async (
  payload: Payload,
  { url, now, withStripe, despiteFaults }: ReleaseOptions & { url: string; now: number },
): Promise<Released> => {
  const client = await connect(url, 'restore:release')
  try {
    const hold = await findRestoredHold(client)
    if (!hold) throw new StartError('Nothing is held: this database was not restored from a backup, or was released.')
    if (withStripe) await compareWithStripe(payload, hold)
    const open = [...(await findFaults(url)), ...(withStripe ? await findDifferences(payload) : [])]
    if (open.length && !despiteFaults) return { hold, open, isReleased: false, messages: 0, loginMails: 0 }
    const isOld = now - Date.parse(hold.takenAt) > mailsKnownForMs
    const mails = isOld ? await setAsideOldMail(client, hold.takenAt) : { messages: 0, loginMails: 0 }
    await endRestoredHold(client)
    return { hold, open, isReleased: true, ...mails }
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** A run that was under way when the backup was taken ends where it had to; the next one goes up to now. */
const compareWithStripe = async (payload: Payload, { restoredAt }: RestoredHold): Promise<void> => {
  for (;;) {
    const id = await withTransaction(payload, (req) =>
      startReconciliation(req, { trigger: 'operations', requestedBy: null }),
    )
    await reconcile(payload, id)
    const run = await findRun(payload, id)
    if (run?.status !== 'finished') {
      throw new StartError(
        'Stripe could not be asked what it knows since the backup: see the log, or Admin → Money → Reconciliations. Try again, or say --without-stripe on a machine that shall not ask.',
      )
    }
    if (run.until >= Date.parse(restoredAt)) return
  }
}

const findFaults = async (url: string): Promise<string[]> => {
  const { faults } = await readMoneyFaults(url)
  return faults.flatMap(({ code, detail, passing }) =>
    passing ? [] : [`${code}: ${moneyFaultKinds[code]}. ${detail}`],
  )
}

const findDifferences = async (payload: Payload): Promise<string[]> => {
  const found = await listOpenFindings(payload, { after: null, limit: mostShown })
  return found.flatMap(({ kind, objectId }) => (kind === 'books_disagree' ? [] : [`${kind}: ${objectId}`]))
}
