import type { PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { textStates } from '#database/state-lists'
import { txDb } from '#database/transactions'
import { iso } from '#shared/time'
import { sessionClaimStates } from '../slot-states'
import type { Claimant } from './claimant'
import type { ClaimedTime } from './decide-time-claim'

/** `freeAt`: when the next hold of those that were counted runs out; epoch ms. */
type Claimed = ClaimedTime & { freeAt: number | null }

const ms = (which: string) =>
  `coalesce(sum(extract(epoch FROM ends_at - starts_at)) FILTER (WHERE ${which}), 0)::float8 * 1000`

const selectClaimed = preparedStatement<Claimed>(
  'claimed-time',
  `SELECT count(*) FILTER (WHERE claimed_by IN ($2, $3))::int AS "callerTimes",
    ${ms('claimed_by IN ($2, $3) AND consultant_id = $1')} AS "callerMs",
    count(*) FILTER (WHERE claimed_inbox = $4)::int AS "inboxTimes",
    ${ms('claimed_inbox = $4 AND consultant_id = $1')} AS "inboxMs",
    ${ms(`claimed_by LIKE 'n%' AND consultant_id = $1`)} AS "strangersMs",
    (extract(epoch FROM min(hold_expires_at)) * 1000)::float8 AS "freeAt"
  FROM availability_slots
  WHERE (claimed_by IN ($2, $3) OR claimed_inbox = $4 OR (consultant_id = $1 AND claimed_by IS NOT NULL))
    AND status IN (${textStates(sessionClaimStates)}) AND ends_at > $5 AND id IS DISTINCT FROM $6::uuid
    AND NOT (status = 'held' AND scheduled_session_id IS NULL AND hold_expires_at <= $5)`,
)

/**
 * What somebody has claimed, and all strangers of this consultant, that nobody has paid for or said yes to. Exact while the locks of the consultant and
 * of the claimant are held.
 * @param args.exceptSlotId what they have already and only keep.
 */
export const findClaimed = async (
  req: PayloadRequest,
  args: { consultantId: string; claimant: Claimant; exceptSlotId: string | null; now: number },
): Promise<Claimed> => {
  await txDb(req)
  const { consultantId, claimant, exceptSlotId, now } = args
  const known = claimant.by?.slice(1)
  // A network that has shown an address is the same network.
  const [one, other] =
    claimant.by?.startsWith('u') || known === undefined ? [claimant.by, null] : [`n${known}`, `c${known}`]
  const [row] = await selectClaimed(req, [consultantId, one, other, claimant.inbox, iso(now), exceptSlotId])
  if (!row) throw new Error('What is claimed was not counted.')
  return row
}

const updateShown = preparedStatement(
  'claims-are-no-strangers',
  `UPDATE availability_slots SET claimed_by = 'c' || substr(claimed_by, 2), updated_at = now()
  WHERE customer_id = $1 AND claimed_by LIKE 'n%' AND status IN (${textStates(sessionClaimStates)})`,
)

/** Whoever has booked these reads the mails of the address that they gave. They are counted with their network all the same. */
export const storeClaimantShown = async (req: PayloadRequest, customerId: string): Promise<void> => {
  await txDb(req)
  await updateShown(req, [customerId])
}
