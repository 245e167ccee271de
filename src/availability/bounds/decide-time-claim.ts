import type { ClaimBounds } from './compute-claim-bounds'

/** What is claimed already, without what is asked for; lengths in milliseconds. */
export type ClaimedTime = {
  callerTimes: number
  callerMs: number
  inboxTimes: number
  inboxMs: number
  strangersMs: number
}

/** Who asks; what they do not have is not counted. */
type AskedBy = { hasCaller: boolean; hasInbox: boolean; isStranger: boolean }

type TimeClaimDecision =
  | { outcome: 'fine' }
  /** It is possible, and much is claimed by then. */
  | { outcome: 'near' }
  | { outcome: 'refused'; reason: 'caller' | 'inbox' | 'strangers' }

/** From this share of a bound on it is near. */
const nearShare = 0.75

/** Whether one more time of `lengthMs` is within the bounds, and whether it is near one. Pure. */
export const decideTimeClaim = ({
  claimed,
  bounds,
  lengthMs,
  asked: { hasCaller, hasInbox, isStranger },
}: {
  claimed: ClaimedTime
  bounds: ClaimBounds
  lengthMs: number
  asked: AskedBy
}): TimeClaimDecision => {
  const rows: readonly { reason: 'caller' | 'inbox' | 'strangers'; counts: boolean; then: number; most: number }[] = [
    { reason: 'caller', counts: hasCaller, then: claimed.callerTimes + 1, most: bounds.callerTimes },
    { reason: 'caller', counts: hasCaller, then: claimed.callerMs + lengthMs, most: bounds.ownMs },
    { reason: 'inbox', counts: hasInbox, then: claimed.inboxTimes + 1, most: bounds.inboxTimes },
    { reason: 'inbox', counts: hasInbox, then: claimed.inboxMs + lengthMs, most: bounds.ownMs },
    { reason: 'strangers', counts: isStranger, then: claimed.strangersMs + lengthMs, most: bounds.strangersMs },
  ]
  const counted = rows.filter(({ counts }) => counts)
  const passed = counted.find(({ then, most }) => then > most)
  if (passed) return { outcome: 'refused', reason: passed.reason }
  // The first of all is never near: of little time it would be most.
  const isNear = counted.some(({ then, most }, index) => then > nearShare * most && !isFirst(counted[index], lengthMs))
  return { outcome: isNear ? 'near' : 'fine' }
}

const isFirst = (row: { then: number } | undefined, lengthMs: number): boolean =>
  row !== undefined && (row.then === 1 || row.then === lengthMs)
