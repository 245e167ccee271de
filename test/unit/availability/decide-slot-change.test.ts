import { describe, expect, it } from 'vitest'
import { decideSlotChange, nextSlotStates, slotsByHand } from '#availability/blocks/decide-slot-change'
import { type SlotState, slotStateNames } from '#availability/slot-states'
import type { ActorRole } from '#shared/actor'
import { everyRole, readTable } from '../../support/read-table'

/** `change` stands for any edit that leaves the state as it is. */
const isAllowed = readTable(`
  new → blocked: consultant, admin, operations, system
  new → available: system
  blocked → change: consultant, admin, operations, system
  blocked → released: consultant, admin, operations
  blocked → deleted: consultant, admin, operations, system
  available → deleted: system
  expired → deleted: consultant, admin, operations, system
  released → deleted: consultant, admin, operations, system
`)

const decide = (step: { from: SlotState | null; to: SlotState | null; role: ActorRole }, isMoved = false) =>
  decideSlotChange({ ...step, isOfSession: false, isMoved })

describe.each(everyRole)('a slot in the hands of %s', (role) => {
  it.each(slotStateNames)('is made %s', (to) => {
    const refusal = decide({ from: null, to, role })
    if (isAllowed('new', to, role)) {
      expect(refusal).toBeUndefined()
      return
    }
    expect(refusal?.code).toBe('illegal_transition')
    expect(refusal?.message).toBe(`A slot cannot be made ${to} by hand (${role}). ${slotsByHand[to].instead}`)
  })

  it.each(slotStateNames.flatMap((from) => slotStateNames.map((to) => ({ from, to }))))(
    '$from → $to',
    ({ from, to }) => {
      const refusal = decide({ from, to, role })
      if (isAllowed(from, from === to ? 'change' : to, role)) {
        expect(refusal).toBeUndefined()
        return
      }
      expect(refusal?.code).toBe('illegal_transition')
      const next = slotStateNames.filter((state) => isAllowed(from, state, role))
      const hint = next.length && from !== to ? `Allowed next: ${next.join(', ')}.` : slotsByHand[from].instead
      expect(refusal?.message).toContain(hint)
    },
  )

  it.each(slotStateNames)('is deleted while it is %s', (from) => {
    const refusal = decide({ from, to: null, role })
    if (isAllowed(from, 'deleted', role)) expect(refusal).toBeUndefined()
    else {
      expect(refusal?.code).toBe('illegal_transition')
      expect(refusal?.message).toBe(`A slot that is ${from} cannot be deleted (${role}). ${slotsByHand[from].instead}`)
    }
  })

  it('is never touched when it is the time of a session', () => {
    for (const from of [null, ...slotStateNames]) {
      for (const to of [null, ...slotStateNames]) {
        const refusal = decideSlotChange({ from, to, role, isOfSession: true, isMoved: false })
        expect(refusal?.message).toBe('This is the time of a session: change the session instead.')
      }
    }
  })

  it('names the states that may be chosen next', () => {
    for (const from of slotStateNames) {
      expect(nextSlotStates(from, role)).toEqual(slotStateNames.filter((to) => isAllowed(from, to, role)))
    }
  })
})

describe('moving a block', () => {
  it('is a change like any other', () => {
    expect(decide({ from: 'blocked', to: 'blocked', role: 'consultant' }, true)).toBeUndefined()
  })

  it('is not done together with releasing it', () => {
    const refusal = decide({ from: 'blocked', to: 'released', role: 'consultant' }, true)
    expect(refusal).toMatchObject({ code: 'invalid_request', errors: [{ path: 'status' }] })
  })
})
