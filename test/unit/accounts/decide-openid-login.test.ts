import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { decideOpenidLogin } from '#accounts/openid/decide-openid-login'

const claims = { email: 'jo@parley.example', isEmailVerified: true }
const nobody = { link: undefined, identity: null, owner: null, mayRegister: true }
const owner = { id: 'owner', name: 'Jo', isActive: true, isConfirmed: true }

describe('decideOpenidLogin', () => {
  it.each([
    ['somebody new is registered', claims, nobody, { does: 'register', email: claims.email }],
    ['unless nobody is here', claims, { ...nobody, mayRegister: false }, { does: 'refuse', problem: 'unknown' }],
    [
      'or the address is not theirs',
      { ...claims, isEmailVerified: false },
      nobody,
      { does: 'refuse', problem: 'address' },
    ],
    ['or there is none', { ...claims, email: null }, nobody, { does: 'refuse', problem: 'address' }],
    ['an account with the address is left alone', claims, { ...nobody, owner }, { does: 'refuse', problem: 'known' }],
    [
      'and one that is not confirmed as well',
      claims,
      { ...nobody, owner: { ...owner, isConfirmed: false } },
      { does: 'refuse', problem: 'known' },
    ],
    [
      'of one that is switched off nothing is said',
      claims,
      { ...nobody, owner: { ...owner, isActive: false } },
      { does: 'refuse', problem: 'refused' },
    ],
    [
      'who is connected logs in, whatever the provider says of their address now',
      { email: null, isEmailVerified: false },
      { ...nobody, identity: { userId: 'other' }, owner },
      { does: 'log_in', userId: 'other' },
    ],
    [
      'who is logged in connects',
      { email: null, isEmailVerified: false },
      { ...nobody, link: { userId: 'owner' } },
      { does: 'link', userId: 'owner' },
    ],
    [
      'again and again',
      claims,
      { ...nobody, link: { userId: 'owner' }, identity: { userId: 'owner' } },
      { does: 'link', userId: 'owner' },
    ],
    [
      'but nobody who is somebody else',
      claims,
      { ...nobody, link: { userId: 'owner' }, identity: { userId: 'other' } },
      { does: 'refuse', problem: 'taken' },
    ],
  ])('%s', (_what, said, facts, decision) => {
    expect(decideOpenidLogin(said, facts)).toEqual(decision)
  })

  it('never opens an account by its address', () => {
    const person = fc.constantFrom(null, { userId: 'owner' }, { userId: 'other' })
    const facts = fc.record({
      link: fc.option(fc.constant({ userId: 'other' }), { nil: undefined }),
      identity: person,
      owner: fc.option(fc.record({ ...mapConstant(owner), isActive: fc.boolean(), isConfirmed: fc.boolean() })),
      mayRegister: fc.boolean(),
    })
    const said = fc.record({ email: fc.constantFrom(null, claims.email), isEmailVerified: fc.boolean() })
    fc.assert(
      fc.property(said, facts, (one, known) => {
        const decision = decideOpenidLogin(one, known)
        const isOwner = 'userId' in decision && decision.userId === owner.id
        expect(isOwner && known.identity?.userId !== owner.id).toBe(false)
        expect(decision.does === 'register' && known.owner !== null).toBe(false)
      }),
    )
  })
})

const mapConstant = ({ id, name }: typeof owner) => ({ id: fc.constant(id), name: fc.constant(name) })
