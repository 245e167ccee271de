/** What operations have set: how many times, and how much of a consultant's open time in percent. */
type BoundSettings = {
  callerTimes: number
  callerShare: number
  inboxTimes: number
  strangersShare: number
}

/** How much may be claimed at the same time by those who have neither paid nor shown who they are; times in milliseconds. */
export type ClaimBounds = {
  /** By one caller, of all consultants, in number. */
  callerTimes: number
  /** By one caller or one inbox, of this consultant. */
  ownMs: number
  /** For one inbox, of all consultants, in number. */
  inboxTimes: number
  /** By all strangers together, of this consultant. */
  strangersMs: number
}

/** So many times of the wanted length are possible wherever they are not too much of what there is. */
const leastTimes = 10
/** Of little open time nobody has more than this share by the rule above. */
const mostOfLittle = 0.5

/**
 * The bounds for one consultant and one length. Pure.
 * @param openMs what the consultant has open in all, before anybody books.
 * @param lengthMs of the wanted session.
 */
export const computeClaimBounds = (
  { callerTimes, callerShare, inboxTimes, strangersShare }: BoundSettings,
  { openMs, lengthMs }: { openMs: number; lengthMs: number },
): ClaimBounds => {
  // One time is always possible: whoever offers a single one wants it to be booked.
  const least = Math.max(lengthMs, Math.min(leastTimes * lengthMs, mostOfLittle * openMs))
  return {
    callerTimes,
    ownMs: Math.max(least, (callerShare / 100) * openMs),
    inboxTimes,
    strangersMs: Math.max(least, (strangersShare / 100) * openMs),
  }
}
