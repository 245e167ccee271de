import type { OpenidClaims } from './decide-openid-login'

/** By how much the clock of a provider may be behind ours, in milliseconds. */
const toleratedMs = 60_000

/**
 * Whether somebody showed a provider who they are since they were sent there. One that lets in whoever has its page open says an earlier moment; one that
 * says nothing may have done that, so it is not believed to have asked.
 * @param since when they were sent there, in epoch milliseconds.
 */
export const isShownAnew = ({ shownAt }: Pick<OpenidClaims, 'shownAt'>, since: number): boolean =>
  shownAt !== null && shownAt >= since - toleratedMs
