import type { ActorRole } from '#shared/actor'

type SlotStateName = 'available' | 'held' | 'booked' | 'blocked' | 'expired' | 'released'

type SlotStateRow = {
  label: string
  terminal: boolean
  /** Takes the consultant's time: PostgreSQL refuses two of them that overlap. */
  isClaim: boolean
  to: { readonly [Next in SlotStateName]?: { who: readonly ActorRole[]; follows: string } }
}

const staff = ['admin', 'operations'] as const satisfies readonly ActorRole[]

/** The states of an availability slot: published time (`available`), claims, and what is left of them. */
export const slotStates = {
  available: {
    label: 'Available',
    terminal: false,
    isClaim: false,
    to: { expired: { who: ['system'], follows: 'the time has passed' } },
  },
  held: {
    label: 'Held',
    terminal: false,
    isClaim: true,
    to: {
      booked: { who: ['customer', 'consultant', ...staff, 'payment', 'system'], follows: 'the session is fixed' },
      released: { who: ['customer', 'consultant', ...staff, 'system'], follows: 'the time is free again' },
      expired: { who: ['system'], follows: 'the deadline has passed; the time is free again' },
    },
  },
  booked: {
    label: 'Booked',
    terminal: false,
    isClaim: true,
    to: { released: { who: ['customer', 'consultant', ...staff, 'system'], follows: 'cancelled or moved' } },
  },
  blocked: {
    label: 'Blocked',
    terminal: false,
    isClaim: true,
    to: { released: { who: ['consultant', ...staff], follows: 'the time is free again' } },
  },
  expired: { label: 'Expired', terminal: true, isClaim: false, to: {} },
  released: { label: 'Released', terminal: true, isClaim: false, to: {} },
} as const satisfies Record<SlotStateName, SlotStateRow>

export type SlotState = keyof typeof slotStates

// Object.keys gives string[]; the table's keys are exactly the states.
export const slotStateNames = Object.keys(slotStates) as SlotState[]
