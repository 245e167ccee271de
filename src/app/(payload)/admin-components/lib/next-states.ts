import { nextRequestStates } from '#requests/decide-request-transition'
import { decideSessionTransition, nextSessionStates } from '#sessions/decide-session-transition'
import { initialRequestStates, type RequestState, requestStates } from '#requests/request-states'
import { initialSessionStates, type SessionState, sessionStates } from '#sessions/session-states'
import type { Transition } from '#shared/state-table'
import type { ActorRole } from '#shared/actor'
import type { Label } from '#shared/words'

export type StatusMachine = 'session' | 'request'
export type NextState = { state: string; label: Label; follows: string }
type Situation = { from: unknown; role: ActorRole; startsAt: unknown; endsAt: unknown; now: number }

type Table = Readonly<Record<string, { label: Label; to: Readonly<Record<string, Transition>> }>>

const isSessionState = (state: unknown): state is SessionState =>
  typeof state === 'string' && Object.hasOwn(sessionStates, state)
const isRequestState = (state: unknown): state is RequestState =>
  typeof state === 'string' && Object.hasOwn(requestStates, state)

const describe = (table: Table, from: string, states: readonly string[]): NextState[] =>
  states.flatMap((state) => {
    // The same state again is another time or another consultant, for which there are fields.
    const follows = state === from ? undefined : table[from]?.to[state]?.follows
    return follows === undefined ? [] : [{ state, label: table[state]?.label ?? state, follows }]
  })

const epoch = (value: unknown): number => Date.parse(String(value))

const nextOfSession = ({ from, role, startsAt, endsAt, now }: Situation): NextState[] => {
  if (!isSessionState(from)) return []
  const clock = { startsAt: epoch(startsAt), endsAt: epoch(endsAt), now }
  const possible = nextSessionStates(from, role).filter(
    (to) => decideSessionTransition({ from, to, role, clock }) === undefined,
  )
  return describe(sessionStates, from, possible)
}

const nextOfRequest = ({ from, role }: Situation): NextState[] =>
  isRequestState(from) ? describe(requestStates, from, nextRequestStates(from, role)) : []

/** What a record may become next if whoever looks chooses it, and what follows from that. The gate decides again. */
export const nextStatesOf = (machine: StatusMachine, situation: Situation): NextState[] =>
  machine === 'session' ? nextOfSession(situation) : nextOfRequest(situation)

/** The states in which a new record can begin. */
export const firstStatesOf = (machine: StatusMachine): NextState[] => {
  const [table, first]: [Table, Readonly<Record<string, Transition>>] =
    machine === 'session' ? [sessionStates, initialSessionStates] : [requestStates, initialRequestStates]
  return Object.entries(first).map(([state, { follows }]) => ({ state, label: table[state]?.label ?? state, follows }))
}
