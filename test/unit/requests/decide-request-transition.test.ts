import { describe, expect, it } from 'vitest'
import { decideRequestAction, decideRequestActions } from '#requests/decide-request-actions'
import { decideRequestOpening, decideRequestTransition, nextRequestStates } from '#requests/decide-request-transition'
import { isOpenRequest, requestStateNames, requestStates } from '#requests/request-states'
import { everyRole, readTable } from '../../support/read-table'

const isAllowed = readTable(`
  pending → pending, pending_assignment: admin, operations, system
  pending → pending_confirmation: consultant, admin, operations
  pending → scheduled: admin, operations
  pending → cancelled: customer, admin, operations
  pending → rejected: consultant, admin, operations
  pending → expired: system
  pending_assignment → pending: admin, operations, system
  pending_assignment → pending_confirmation, scheduled: admin, operations
  pending_assignment → cancelled: customer, admin, operations
  pending_assignment → rejected: consultant, admin, operations
  pending_assignment → expired: system
  pending_confirmation → pending, pending_confirmation: consultant, admin, operations
  pending_confirmation → pending_assignment: admin, operations
  pending_confirmation → scheduled: customer, admin, operations
  pending_confirmation → cancelled: customer, admin, operations
  pending_confirmation → rejected: consultant, admin, operations
  pending_confirmation → expired: system
  scheduled → completed, cancelled: system
  cancelled → scheduled: system
`)

const everyStep = requestStateNames.flatMap((from) => requestStateNames.map((to) => ({ from, to })))

describe.each(everyRole)('a request in the hands of %s', (role) => {
  it.each(everyStep)('$from → $to', ({ from, to }) => {
    const refusal = decideRequestTransition({ from, to, role })
    if (isAllowed(from, to, role)) {
      expect(refusal).toBeUndefined()
      return
    }
    expect(refusal?.code).toBe('illegal_transition')
    const next = requestStateNames.filter((state) => isAllowed(from, state, role))
    const start = `A request that is ${from} cannot become ${to} (${role}). `
    expect(refusal?.message.startsWith(start), refusal?.message).toBe(true)
    const hint = refusal?.message.slice(start.length) ?? ''
    if (next.length) {
      expect(
        hint
          .replace(/^Allowed next: (.*)\.$/, '$1')
          .split(', ')
          .sort(),
      ).toEqual(next.sort())
    } else {
      expect(hint).toBe(
        from === 'scheduled' ? 'It follows its session: change that instead.' : 'Nothing can follow it.',
      )
    }
  })
})

describe('the table of requests', () => {
  it('names for every role the states that it may choose', () => {
    for (const from of requestStateNames) {
      for (const role of everyRole) {
        const expected = requestStateNames.filter((to) => isAllowed(from, to, role))
        expect(nextRequestStates(from, role).sort()).toEqual(expected.sort())
      }
    }
  })

  it('lets every open request expire, and nothing else', () => {
    for (const from of requestStateNames) {
      expect(isAllowed(from, 'expired', 'system'), from).toBe(isOpenRequest(from))
      expect(requestStates[from].terminal, from).toBe(!isOpenRequest(from) && from !== 'scheduled')
    }
  })
})

describe('the beginning of a request', () => {
  const begins = readTable('new → pending: customer, admin, operations, system')
  const every = requestStateNames.flatMap((state) => everyRole.map((role) => ({ state, role })))

  it.each(every)('as $state by $role', ({ state, role }) => {
    const refusal = decideRequestOpening({ state, role })
    if (begins('new', state, role)) expect(refusal).toBeUndefined()
    else expect(refusal?.code).toBe('illegal_transition')
  })
})

describe('what may be done with a request', () => {
  const now = Date.UTC(2030, 0, 1)
  const request = { expiresAt: now + 1, hasConsultant: true, timesCount: 2, now }

  it.each([
    ['customer', 'pending', ['cancel']],
    ['customer', 'pending_confirmation', ['accept', 'cancel']],
    ['customer', 'scheduled', []],
    ['consultant', 'pending', ['propose', 'reject']],
    ['consultant', 'pending_confirmation', ['propose', 'reject']],
    ['operations', 'pending_assignment', ['cancel', 'assign', 'propose', 'reject']],
    ['admin', 'pending_confirmation', ['accept', 'cancel', 'assign', 'propose', 'reject']],
    ['admin', 'cancelled', []],
    ['system', 'pending', []],
  ] as const)('%s, while it is %s', (role, status, actions) => {
    expect(decideRequestActions({ ...request, role, status })).toEqual(actions)
  })

  it('is never accepted without times, or after its time', () => {
    const asked = { ...request, role: 'customer', status: 'pending_confirmation' } as const
    expect(decideRequestActions({ ...asked, timesCount: 0 })).toEqual(['cancel'])
    expect(decideRequestActions({ ...asked, expiresAt: now })).toEqual(['cancel'])
    expect(decideRequestActions({ ...asked, expiresAt: null })).toEqual(['accept', 'cancel'])
  })

  it('needs a consultant before times are proposed', () => {
    const actions = decideRequestActions({ ...request, role: 'operations', status: 'pending', hasConsultant: false })
    expect(actions).not.toContain('propose')
  })

  it('is forbidden, whatever the state, where it is the operation of others', () => {
    for (const status of requestStateNames) {
      for (const [action, role] of [
        ['cancel', 'consultant'],
        ['accept', 'consultant'],
        ['assign', 'customer'],
        ['propose', 'customer'],
        ['reject', 'customer'],
        ['assign', 'consultant'],
        ['cancel', 'system'],
      ] as const) {
        expect(decideRequestAction(action, { ...request, role, status })?.code, `${action} ${role}`).toBe('forbidden')
      }
    }
  })
})
