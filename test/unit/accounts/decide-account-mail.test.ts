import { describe, expect, it } from 'vitest'
import { accountLinkPurposeNames, accountLinkPurposes } from '#accounts/links/account-link-kinds'
import { type AddressOwner, decideAccountMail } from '#accounts/links/decide-account-mail'

const owner: AddressOwner = { id: 'owner', name: 'Ada', isActive: true, isConfirmed: true }
const unconfirmed = { ...owner, isConfirmed: false }
const off = { ...owner, isActive: false }

type Case = [
  asked: Parameters<typeof decideAccountMail>[0],
  address: { owner: AddressOwner | null; wasTold?: boolean },
  mailed: ReturnType<typeof decideAccountMail>,
]

it.each<Case>([
  [{ purpose: 'register', userId: null }, { owner: null }, { purpose: 'register', userId: null }],
  [
    { purpose: 'register', userId: null },
    { owner: null, wasTold: true },
    { purpose: 'register', userId: null },
  ],
  [{ purpose: 'register', userId: null }, { owner }, { purpose: 'known', userId: 'owner' }],
  [{ purpose: 'register', userId: null }, { owner, wasTold: true }, null],
  [{ purpose: 'register', userId: null }, { owner: unconfirmed }, { purpose: 'invite', userId: 'owner' }],
  [{ purpose: 'register', userId: null }, { owner: off }, null],
  [
    { purpose: 'known', userId: 'owner' },
    { owner, wasTold: true },
    { purpose: 'known', userId: 'owner' },
  ],
  [{ purpose: 'known', userId: 'owner' }, { owner: off }, null],
  [{ purpose: 'invite', userId: 'owner' }, { owner: unconfirmed }, { purpose: 'invite', userId: 'owner' }],
  [{ purpose: 'invite', userId: 'owner' }, { owner }, null],
  [{ purpose: 'invite', userId: 'owner' }, { owner: null }, null],
  [{ purpose: 'invite', userId: 'owner' }, { owner: { ...unconfirmed, id: 'other' } }, null],
  [{ purpose: 'invite', userId: 'owner' }, { owner: { ...off, isConfirmed: false } }, null],
  [{ purpose: 'reset', userId: null }, { owner: null }, null],
  [{ purpose: 'reset', userId: null }, { owner }, { purpose: 'reset', userId: 'owner' }],
  [{ purpose: 'reset', userId: null }, { owner: unconfirmed }, { purpose: 'reset', userId: 'owner' }],
  [{ purpose: 'reset', userId: null }, { owner: off }, null],
  [{ purpose: 'reset', userId: 'owner' }, { owner: { ...owner, id: 'other' } }, null],
])('%j to %j is mailed as %j', (asked, { owner: found, wasTold = false }, mailed) => {
  expect(decideAccountMail(asked, { owner: found, wasTold })).toEqual(mailed)
})

describe('what anybody may ask for', () => {
  it('is bounded', () => {
    const unbounded = accountLinkPurposeNames.filter((name) => accountLinkPurposes[name].mostPerHour === null)
    expect(unbounded).toEqual(['invite'])
  })
})
