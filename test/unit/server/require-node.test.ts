import { expect, it } from 'vitest'
import { requireNode } from '#server/environment'

it('an older Node than the product is tested with is refused, with what to do', () => {
  expect(() => requireNode('20.20.2')).toThrow('Parley needs Node 24 or newer, and this is 20.20.2: install it')
  expect(() => requireNode('24.0.0')).not.toThrow()
  expect(() => requireNode()).not.toThrow()
})
