import { describe, expect, it } from 'vitest'
import { decideLoginChange } from '#accounts/decide-login-change'

const before = { email: 'ada@example.com', roles: ['consultant', 'customer'] as const, _verified: true }

describe('what a write changes about who gets in', () => {
  it.each([
    ['an address', { email: 'eve@example.com' }, ['address']],
    ['no address', { email: null }, ['address']],
    ['a password', { password: 'a-password-of-eves' }, ['password']],
    ['a role more', { roles: ['consultant', 'admin'] as const }, ['roles']],
    [
      'all of it',
      { email: 'e@example.com', password: 'x', roles: ['admin'] as const },
      ['address', 'password', 'roles'],
    ],
  ])('is told of %s', (_what, after, changes) => {
    expect(decideLoginChange(before, after)).toEqual(changes)
  })

  it('is told of an address that is confirmed by somebody else', () => {
    const unconfirmed = { ...before, _verified: false }
    expect(decideLoginChange(unconfirmed, { password: 'chosen-by-an-admin', _verified: true })).toEqual([
      'password',
      'confirmation',
    ])
  })

  it.each([
    ['what a form sends along', { ...before, email: ' ADA@example.com ' }],
    ['nothing of it', {}],
    ['an empty password', { password: '' }],
    ['fewer roles', { roles: ['customer'] as const }],
    ['the same roles in another order', { roles: ['customer', 'consultant'] as const }],
  ])('is nothing for %s', (_what, after) => {
    expect(decideLoginChange(before, after)).toEqual([])
  })

  it.each([
    ['a customer who is mailed an invitation', { email: 'a@example.com', password: 'random', roles: ['customer'] }, []],
    ['somebody of whom nothing is said', { email: 'a@example.com' }, []],
    ['staff', { email: 'a@example.com', roles: ['operations'] }, ['roles']],
    ['a customer whose address somebody else confirms', { roles: ['customer'], _verified: true }, ['confirmation']],
  ] as const)('looks at an account that is made: %s', (_what, after, changes) => {
    expect(decideLoginChange(null, after)).toEqual(changes)
  })
})
