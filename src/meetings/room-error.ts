/**
 * What is known after a call to a provider of rooms that did not succeed:
 * - `refused`: it looked at the request and said no; it is not asked for that again
 * - `gone`: the room or the account does not exist
 * - `not_processed`: nothing was done, but may be later (too many requests, no valid token, somebody is in the room)
 * - `unknown`: it may have been carried out, now or later
 */
export type RoomOutcome = 'refused' | 'gone' | 'not_processed' | 'unknown'

/** A call to a provider of rooms that did not succeed. The message is for logs and operations. */
export class RoomError extends Error {
  override readonly name: string = 'RoomError'
  readonly outcome: RoomOutcome

  constructor(message: string, { outcome, cause }: { outcome: RoomOutcome; cause?: unknown }) {
    super(message, cause === undefined ? undefined : { cause })
    this.outcome = outcome
  }
}
