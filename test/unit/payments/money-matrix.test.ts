import { describe, expect, it } from 'vitest'
import {
  disputeAnswerMachine,
  disputeMachine,
  paymentMachine,
  payoutMachine,
  refundMachine,
  transferMachine,
} from '#payments/payment-states'
import type { ActorRole } from '#shared/actor'
import { decideTransition, type Machine, namesOf } from '#shared/state-table'
import { moneyWays } from '../../support/money-ways'
import { everyRole } from '../../support/read-table'

const machines: readonly [keyof typeof moneyWays, Machine<string>][] = [
  ['payment', paymentMachine],
  ['refund', refundMachine],
  ['payout', payoutMachine],
  ['transfer', transferMachine],
  ['dispute', disputeMachine],
  ['answer', disputeAnswerMachine],
]

describe.each(machines)('the state of a %s', (kind, machine) => {
  const states = namesOf(machine.states)
  const isAllowed = moneyWays[kind]
  const decide = (from: string, to: string, role: ActorRole) => decideTransition(machine, { from, to, role })

  it.each(everyRole)('goes along its table or not at all, for %s', (role) => {
    for (const from of states) {
      for (const to of states) {
        const refusal = decide(from, to, role)
        if (isAllowed(from, to, role)) {
          expect(refusal, `${from} → ${to}`).toBeUndefined()
          continue
        }
        expect(refusal?.code, `${from} → ${to}`).toBe('illegal_transition')
        expect(refusal?.message).toContain(`${machine.noun} that is ${from} cannot become ${to} (${role}).`)
        const next = states.filter((state) => isAllowed(from, state, role))
        if (next.length) expect(refusal?.message).toContain(`Allowed next: ${next.join(', ')}.`)
        const others = states.filter((state) => everyRole.some((other) => isAllowed(from, state, other)))
        if (!next.length) for (const state of others) expect(refusal?.message).toContain(`${state} (`)
        if (!others.length) expect(refusal?.message).toContain('Nothing can follow it.')
      }
    }
  })
})
