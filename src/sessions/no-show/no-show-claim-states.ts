import type { ActorRole } from '#shared/actor'
import { type Machine, namesOf, type StateRow, statesWhere } from '#shared/state-table'

type ClaimStateName = 'open' | 'granted' | 'rejected' | 'withdrawn'

const staff = ['admin', 'operations'] as const satisfies readonly ActorRole[]
const sides = ['customer', 'consultant'] as const satisfies readonly ActorRole[]

/** The states of a claim that the other side did not come. While one is open its session, refund by policy and payout stay as they are. */
export const noShowClaimStates = {
  open: {
    label: { en: 'Open', de: 'Offen' },
    terminal: false,
    to: {
      granted: {
        who: staff,
        follows: 'the session counts as missed, or is refunded where the other side had said the same',
      },
      rejected: { who: staff, follows: 'the session stays what it is, the payout goes on' },
      withdrawn: {
        who: [...sides, 'system'],
        follows: 'by whoever made it, or because the whole price was returned; the payout goes on',
      },
    },
  },
  granted: { label: { en: 'Granted', de: 'Anerkannt' }, terminal: true, to: {} },
  rejected: { label: { en: 'Rejected', de: 'Abgelehnt' }, terminal: true, to: {} },
  withdrawn: { label: { en: 'Withdrawn', de: 'Zurückgezogen' }, terminal: true, to: {} },
} as const satisfies Record<ClaimStateName, StateRow<ClaimStateName>>

export type NoShowClaimState = keyof typeof noShowClaimStates
export const noShowClaimStateNames = namesOf(noShowClaimStates)
export const noShowClaimMachine: Machine<NoShowClaimState> = { noun: 'open claim', states: noShowClaimStates }

/** Somebody has still to decide. */
export const openNoShowClaims = statesWhere(noShowClaimStates, 'terminal', false)
