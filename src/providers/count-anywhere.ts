import { countHere, postponeRoomHere } from './count-here'
import { sharedDatabase } from './provider-database'
import {
  type CallsToCount,
  countCalls,
  type CountedCalls,
  type NotCountedCalls,
  postponeRoom,
  type WindowTurn,
} from './provider-queries'

/** Counts calls for all processes. The database is away more often than a limit is exceeded: then this process counts for itself. */
export const countAnywhere = async (asked: CallsToCount): Promise<CountedCalls | NotCountedCalls> => {
  const payload = sharedDatabase()
  if (!payload) return countHere(asked)
  try {
    return await countCalls(payload, asked)
  } catch {
    return countHere(asked)
  }
}

/** A call has arrived later than its turn was: those that come after it have to wait for it, wherever it was counted. */
export const postponeAnywhere = async (turn: WindowTurn, seconds: number): Promise<void> => {
  const payload = sharedDatabase()
  postponeRoomHere(turn, seconds)
  await (payload && postponeRoom(payload, turn, seconds).catch(() => undefined))
}
