import type { ActorRole } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { nextStates } from '#shared/state-table'
import { slotMachine, type SlotState } from '../slot-states'

type ByHand = {
  make: readonly ActorRole[]
  change: readonly ActorRole[]
  remove: readonly ActorRole[]
  /** Why not, and what to do instead. */
  instead: string
}

const hosts = ['consultant', 'admin', 'operations', 'system'] as const satisfies readonly ActorRole[]

/**
 * What people (and our own code through the collection) may do with a slot by hand. Published time follows from the rules and
 * claims follow their sessions, so what is left is blocking time.
 */
export const slotsByHand = {
  available: {
    make: ['system'],
    change: [],
    remove: ['system'],
    instead: 'Published time follows from the rules: change the working hours or a schedule, or block the time.',
  },
  held: {
    make: [],
    change: [],
    remove: [],
    instead: 'Somebody is booking this time: change the session instead, or wait until the hold runs out.',
  },
  booked: {
    make: [],
    change: [],
    remove: [],
    instead: 'A session takes this time: change the session instead.',
  },
  blocked: {
    make: hosts,
    change: hosts,
    remove: hosts,
    instead: 'Only the consultant and operations block time.',
  },
  expired: {
    make: [],
    change: [],
    remove: hosts,
    instead: 'It claims nothing any more: block the time anew.',
  },
  released: {
    make: [],
    change: [],
    remove: hosts,
    instead: 'It claims nothing any more: block the time anew.',
  },
} as const satisfies Record<SlotState, ByHand>

const rulesFor = (state: SlotState): ByHand => slotsByHand[state]

/** What is done with a slot. `from` is null for a new one, `to` for one that is deleted. */
export type SlotChange = {
  from: SlotState | null
  to: SlotState | null
  role: ActorRole
  /** It was the time of a session, whatever its state is now. */
  isOfSession: boolean
  /** Another time, or another consultant's. */
  isMoved: boolean
}

/** The states that `role` may choose next by hand. */
export const nextSlotStates = (from: SlotState, role: ActorRole): SlotState[] => {
  if (!rulesFor(from).change.includes(role)) return []
  return nextStates(slotMachine, from, role)
}

const refuse = (message: string) => new DomainError('illegal_transition', message)

const decideByHand = (from: SlotState, to: SlotState, role: ActorRole): DomainError | undefined => {
  const next = nextSlotStates(from, role)
  if (next.includes(to)) return undefined
  const hint = next.length ? `Allowed next: ${next.join(', ')}.` : rulesFor(from).instead
  return refuse(`A slot that is ${from} cannot become ${to} by hand (${role}). ${hint}`)
}

/**
 * Whether a slot may be made, changed or deleted by hand. An update that changes nothing needs no decision.
 * @returns the refusal, which says what to do instead, or undefined.
 */
export const decideSlotChange = (change: SlotChange): DomainError | undefined => {
  const { from, to, role, isOfSession, isMoved } = change
  if (isOfSession) return refuse('This is the time of a session: change the session instead.')
  if (from === null) {
    if (to === null) return undefined
    const { make, instead } = rulesFor(to)
    return make.includes(role) ? undefined : refuse(`A slot cannot be made ${to} by hand (${role}). ${instead}`)
  }
  const { change: changers, remove, instead } = rulesFor(from)
  if (to === null) {
    return remove.includes(role) ? undefined : refuse(`A slot that is ${from} cannot be deleted (${role}). ${instead}`)
  }
  if (to !== from) {
    const refusal = decideByHand(from, to, role)
    if (refusal || !isMoved) return refusal
    return new DomainError('invalid_request', 'Change the time or the status, not both at once.', {
      errors: [{ path: 'status', message: 'cannot be changed together with the time' }],
    })
  }
  return changers.includes(role) ? undefined : refuse(`A slot that is ${from} cannot be changed (${role}). ${instead}`)
}
