import type { ActorRole } from '#shared/actor'
import { type Machine, namesOf, type StateRow, statesBefore, statesWhere } from '#shared/state-table'

type DeliveryStateName = 'queued' | 'sent' | 'failed' | 'skipped'

type DeliveryStateRow = StateRow<DeliveryStateName> & {
  /** Whoever it is for has it, or is about to. */
  isOut: boolean
}

const system = ['system'] as const satisfies readonly ActorRole[]
const staff = ['admin', 'operations'] as const satisfies readonly ActorRole[]

/** Delivery of a message. A failure that is tried again stays `queued`, with the reason. */
export const deliveryStates = {
  queued: {
    label: { en: 'Queued', de: 'In der Warteschlange' },
    terminal: false,
    isOut: true,
    to: {
      sent: { who: system, follows: 'the provider has it' },
      failed: { who: system, follows: 'the provider refused it for good, or did not answer for too long' },
      skipped: {
        who: [...system, ...staff],
        follows: 'it is not true, not wanted or not possible any more, or operations gave it up',
      },
    },
  },
  sent: { label: { en: 'Sent', de: 'Gesendet' }, terminal: true, isOut: true, to: {} },
  failed: {
    label: { en: 'Failed', de: 'Fehlgeschlagen' },
    terminal: true,
    isOut: false,
    to: { queued: { who: staff, follows: 'it is tried again, now that the cause is gone' } },
  },
  skipped: { label: { en: 'Skipped', de: 'Übersprungen' }, terminal: true, isOut: false, to: {} },
} as const satisfies Record<DeliveryStateName, DeliveryStateRow>

export type DeliveryState = keyof typeof deliveryStates
export const deliveryStateNames = namesOf(deliveryStates)
export const deliveryMachine: Machine<DeliveryState> = { noun: 'delivery', states: deliveryStates }

export const deliveriesOut = statesWhere(deliveryStates, 'isOut', true)

/** The states out of which a delivery ends so. */
export const deliveriesBefore = (state: DeliveryState): DeliveryState[] =>
  statesBefore(deliveryMachine, state, 'system')
