import type { ActorRole } from '#shared/actor'
import { type Machine, namesOf, type StateRow, statesBefore, statesWhere } from '#shared/state-table'

type SlotStateName = 'available' | 'held' | 'booked' | 'blocked' | 'expired' | 'released'

type SlotStateRow = StateRow<SlotStateName> & {
  /** For whom it takes the consultant's time, if it does: PostgreSQL refuses two such slots that overlap. */
  claims: 'session' | 'block' | null
}

const staff = ['admin', 'operations'] as const satisfies readonly ActorRole[]

const everybody = ['customer', 'consultant', ...staff, 'payment', 'system'] as const satisfies readonly ActorRole[]

/**
 * The states of an availability slot: published time (`available`), claims, and what is left of them. What ran out or was given up is
 * claimed again where nobody else has the time.
 */
export const slotStates = {
  available: {
    label: { en: 'Available', de: 'Frei' },
    terminal: false,
    claims: null,
    to: { expired: { who: ['system'], follows: 'the time has passed' } },
  },
  held: {
    label: { en: 'Held', de: 'Reserviert' },
    terminal: false,
    claims: 'session',
    to: {
      booked: { who: everybody, follows: 'the session is fixed' },
      released: { who: ['customer', 'consultant', ...staff, 'system'], follows: 'the time is free again' },
      expired: { who: ['system'], follows: 'the deadline has passed; the time is free again' },
    },
  },
  booked: {
    label: { en: 'Booked', de: 'Gebucht' },
    terminal: false,
    claims: 'session',
    to: { released: { who: ['customer', 'consultant', ...staff, 'system'], follows: 'cancelled or moved' } },
  },
  blocked: {
    label: { en: 'Blocked', de: 'Gesperrt' },
    terminal: false,
    claims: 'block',
    to: { released: { who: ['consultant', ...staff], follows: 'the time is free again' } },
  },
  expired: {
    label: { en: 'Expired', de: 'Abgelaufen' },
    terminal: true,
    claims: null,
    to: {
      held: { who: everybody, follows: 'booked although the hold ran out: the time was still free' },
      booked: { who: everybody, follows: 'booked although the hold ran out: the time was still free' },
      released: { who: ['customer', 'system'], follows: 'given back after it ran out' },
    },
  },
  released: {
    label: { en: 'Released', de: 'Freigegeben' },
    terminal: true,
    claims: null,
    to: { booked: { who: ['payment'], follows: 'its session was paid after all: the time was still free' } },
  },
} as const satisfies Record<SlotStateName, SlotStateRow>

export type SlotState = keyof typeof slotStates

export const slotStateNames = namesOf(slotStates)
export const slotMachine: Machine<SlotState> = { noun: 'slot', states: slotStates }

/** The states that take a consultant's time. The exclusion constraint names the same three. */
export const claimStates = statesWhere(slotStates, 'claims', 'session', 'block')
/** Somebody's hold, also one that ran out: they book the time while nobody else has it. */
export const bookableHolds = statesBefore(slotMachine, 'booked', 'customer')
/** Given back, or run out. */
export const lapsedHolds = slotStateNames.filter((state) => slotStates[state].terminal)
/** Those in which a session, or somebody who is booking one, has it. */
export const sessionClaimStates = statesWhere(slotStates, 'claims', 'session')
