import { describe, expect, it } from 'vitest'
import { manageFragment, readManageAddress } from '../../../src/app/(site)/_lib/manage-address'

describe('the address of a booking or request', () => {
  it.each([
    ['', '#token=abc', { token: 'abc' }],
    ['', '#token=abc&view=review', { token: 'abc', view: 'review' }],
    ['?checkout=success', '', {}],
    ['?checkout=success', '#token=abc', { token: 'abc' }],
    ['', '#review', { view: 'review' }],
    ['', '#token=', {}],
    ['', '#token=abc&mail=def', { token: 'abc', mail: 'def', better: '#token=abc' }],
    [
      '?x=1',
      '#token=abc&view=review&mail=d',
      { token: 'abc', view: 'review', mail: 'd', better: '?x=1#token=abc&view=review' },
    ],
    // Links that were mailed before.
    ['?token=abc', '', { token: 'abc', better: '#token=abc' }],
    ['?token=abc', '#review', { token: 'abc', view: 'review', better: '#token=abc&view=review' }],
    ['?token=abc&checkout=cancelled', '', { token: 'abc', better: '?checkout=cancelled#token=abc' }],
    ['?token=old', '#token=new', { token: 'new', better: '#token=new' }],
    ['?token=', '', { better: '' }],
  ])('%s%s', (search, hash, said) => {
    expect(readManageAddress({ search, hash })).toEqual({
      token: undefined,
      view: undefined,
      better: undefined,
      ...said,
    })
  })

  it('is understood as it is written', () => {
    for (const token of ['abc', 'a-b_c', 'a+b/c=&d#e']) {
      expect(readManageAddress({ search: '', hash: manageFragment(token, 'review') })).toMatchObject({
        token,
        view: 'review',
      })
    }
  })
})
