import type { PayloadRequest } from 'payload'
import { hashLimitKey } from '#access/hash-limit-key'
import { ownConsultantId } from '#access/own-records'
import { isStaff } from '#access/roles'
import { inboxOf } from '#shared/inbox-of'
import { networkOf } from '#shared/network-address'

/**
 * Whose a claim is while nobody has paid for it or said yes to it, by digests. `by`: the login (`u…`), or the network of somebody who has none and
 * has not shown to read the mails of an address (`n…`), or has (`c…`). Null: not bounded.
 */
export type Claimant = { by: string | null; inbox: string | null }

/** Staff, a consultant in their own time, and our own code. */
export const unbounded: Claimant = { by: null, inbox: null }

/**
 * Who asks for a time of a consultant.
 * @param email of the customer, where it is known by then.
 */
export const claimantOf = async (req: PayloadRequest, consultantId: string, email?: string): Promise<Claimant> => {
  if (isStaff(req) || (await ownConsultantId(req)) === consultantId) return unbounded
  const inbox = email === undefined ? null : hashLimitKey(`claimed-inbox:${inboxOf(email)}`)
  if (req.user) return { by: `u${hashLimitKey(`claimed-by:user:${req.user.id}`)}`, inbox }
  // The web server sets it for every request; what has none is our own code.
  const address = req.headers.get('x-forwarded-for')
  return { by: address === null ? null : `n${hashLimitKey(`claimed-by:${networkOf(address)}`)}`, inbox }
}

/** Whether nobody knows them: no login, and no mail that has arrived. */
export const isStranger = ({ by }: Claimant): boolean => by?.startsWith('n') ?? false

/** One after another, whoever else is asked: what they have is counted, and what they take counts for the next. */
export const claimantLocks = ({ by, inbox }: Claimant): string[] => [
  ...(by === null ? [] : [`claimant:${by}`]),
  ...(inbox === null ? [] : [`claimant-inbox:${inbox}`]),
]
