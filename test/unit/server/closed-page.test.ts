import { expect, it } from 'vitest'
import { pageInsteadOf } from '#server/closed-page'

it.each([
  ['/admin/reset/abc', '/account/older-link'],
  ['/admin/reset/', '/account/older-link'],
  ['/admin/users/verify/abc', '/account/older-link'],
  ['/admin/anything/verify', '/account/older-link'],
  ['/admin', undefined],
  ['/admin/forgot', undefined],
  ['/admin/collections/users/verify', undefined],
  ['/administration/reset/abc', undefined],
  ['/account/password', undefined],
])('%s leads to %s', (path, page) => {
  expect(pageInsteadOf(path, '/admin')).toBe(page)
})
