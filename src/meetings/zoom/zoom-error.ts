import { RoomError, type RoomOutcome } from '../room-error'

/** A call to Zoom that did not succeed. */
export class ZoomError extends RoomError {
  override readonly name = 'ZoomError'
  /** Zoom's own code, where there is one. */
  readonly code: number | undefined
  /** Seconds after which a retry makes sense. */
  readonly retryAfter: number | undefined

  constructor(
    message: string,
    details: { outcome: RoomOutcome; code?: number | undefined; retryAfter?: number | undefined; cause?: unknown },
  ) {
    super(message, details)
    this.code = details.code
    this.retryAfter = details.retryAfter
  }
}
