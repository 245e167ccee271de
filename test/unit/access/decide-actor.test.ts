import { describe, expect, it } from 'vitest'
import { decideActor } from '#access/decide-actor'
import { hashToken } from '#shared/ids'

const record = {
  manageTokenHash: hashToken('the-token'),
  customerId: 'customer-record',
  customerUserId: 'customer-user',
  consultantUserId: 'consultant-user',
}
const user = (id: string, ...roles: string[]) => ({ id, roles })

describe('somebody who is logged in', () => {
  it.each([
    [user('any', 'admin', 'customer'), 'admin'],
    [user('any', 'operations', 'consultant'), 'operations'],
    [user('consultant-user', 'consultant'), 'consultant'],
    [user('customer-user', 'customer'), 'customer'],
    [user('customer-user', 'consultant'), 'customer'],
    [user('consultant-user', 'customer'), 'consultant'],
  ] as const)('%j is its %s', (asker, role) => {
    expect(decideActor({ user: asker, token: null }, record)).toEqual({ role, id: asker.id })
  })

  it('is nobody to a record of others, whatever their role there', () => {
    for (const roles of [['consultant'], ['customer'], []]) {
      expect(decideActor({ user: { id: 'stranger', roles }, token: null }, record)).toBeNull()
    }
    expect(decideActor({ user: { id: 'stranger', roles: null }, token: null }, record)).toBeNull()
  })

  it('is nobody by the absence of an owner', () => {
    const orphan = { ...record, customerUserId: null, consultantUserId: null }
    expect(decideActor({ user: user('x', 'customer'), token: null }, orphan)).toBeNull()
  })

  it('is the customer by a token that they were given, whoever else they are', () => {
    expect(decideActor({ user: user('stranger', 'customer'), token: 'the-token' }, record)).toEqual({
      role: 'customer',
      id: 'customer-record',
    })
    expect(decideActor({ user: user('consultant-user', 'consultant'), token: 'the-token' }, record)?.role).toBe(
      'consultant',
    )
  })
})

describe('a guest', () => {
  it('is the customer by the token', () => {
    expect(decideActor({ user: null, token: 'the-token' }, record)).toEqual({ role: 'customer', id: 'customer-record' })
  })

  it.each(['the-tokem', '', 'the-token ', hashToken('the-token')])('is nobody by %j', (token) => {
    expect(decideActor({ user: null, token }, record)).toBeNull()
  })

  it('is nobody without one, and nobody to a record that has none', () => {
    expect(decideActor({ user: null, token: null }, record)).toBeNull()
    expect(decideActor({ user: null, token: 'the-token' }, { ...record, manageTokenHash: null })).toBeNull()
  })
})
