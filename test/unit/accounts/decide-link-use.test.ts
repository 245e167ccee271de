import { expect, it } from 'vitest'
import type { AddressOwner } from '#accounts/links/decide-account-mail'
import { decideLinkUse } from '#accounts/links/decide-link-use'
import { DomainError } from '#shared/errors'

const now = 1_000
const owner: AddressOwner = { id: 'owner', name: 'Ada', isActive: true, isConfirmed: true }
const unconfirmed = { ...owner, isConfirmed: false }

type Link = Parameters<typeof decideLinkUse>[0]
const open = { userId: null, expiresAt: now + 1, usedAt: null }
const register: Link = { ...open, purpose: 'register' }
const invite: Link = { ...open, purpose: 'invite', userId: 'owner' }
const reset: Link = { ...open, purpose: 'reset', userId: 'owner' }
const known: Link = { ...open, purpose: 'known', userId: 'owner' }

it.each<[what: string, Link, AddressOwner | null, 'confirm' | 'password', ReturnType<typeof decideLinkUse>]>([
  ['a registration', register, null, 'confirm', { create: true }],
  [
    'one for which staff made the login meanwhile',
    register,
    unconfirmed,
    'confirm',
    { create: false, userId: 'owner' },
  ],
  ['an invitation', invite, unconfirmed, 'confirm', { create: false, userId: 'owner' }],
  ['a new password', reset, owner, 'password', { create: false, userId: 'owner' }],
  ['one of somebody who never confirmed', reset, unconfirmed, 'password', { create: false, userId: 'owner' }],
  ['one of somebody who registered again', known, owner, 'password', { create: false, userId: 'owner' }],
])('opens %s', (_what, link, found, page, use) => {
  expect(decideLinkUse(link, { owner: found, page, now })).toEqual(use)
})

it.each<[what: string, Link, AddressOwner | null, 'confirm' | 'password', code: string, words: RegExp]>([
  ['on the other page', register, null, 'password', 'not_found', /not valid/],
  ['on the other page, the other way round', reset, owner, 'confirm', 'not_found', /not valid/],
  ['that was used', { ...register, usedAt: 1 }, null, 'confirm', 'link_expired', /used already/],
  ['that has run out', { ...register, expiresAt: now }, null, 'confirm', 'link_expired', /run out.*Register again/],
  ['for a password that has run out', { ...reset, expiresAt: now }, owner, 'password', 'link_expired', /Forgot/],
  ['of a login that is switched off', reset, { ...owner, isActive: false }, 'password', 'link_expired', /run out/],
  ['to register an address that has a login by now', register, owner, 'confirm', 'link_expired', /Log in/],
  ['of an invitation that was confirmed otherwise', invite, owner, 'confirm', 'link_expired', /Log in/],
  ['of a login that is gone', invite, null, 'confirm', 'link_expired', /no use/],
  ['of a password whose login is gone', reset, null, 'password', 'link_expired', /no use/],
  ['of an address that is somebody else’s now', reset, { ...owner, id: 'other' }, 'password', 'link_expired', /no use/],
])('refuses one %s', (_what, link, found, page, code, words) => {
  const use = () => decideLinkUse(link, { owner: found, page, now })
  expect(use).toThrow(DomainError)
  expect(use).toThrow(expect.objectContaining({ code, message: expect.stringMatching(words) as string }))
})
