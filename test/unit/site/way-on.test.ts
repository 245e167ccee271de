import { expect, it } from 'vitest'
import { wayOn } from '../../../src/app/(account)/_lib/way-on'

it.each([
  [undefined, '/account'],
  ['/admin', '/admin'],
  ['/admin/collections/users?page=2', '/admin/collections/users?page=2'],
  ['/account#x', '/account'],
  ['https://evil.example/', '/account'],
  ['//evil.example/', '/account'],
  ['/\\evil.example/', '/account'],
  ['/\t/evil.example/', '/account'],
  ['/./\\evil.example', '/account'],
  ['/x/..//evil.example', '/account'],
  ['javascript:alert(1)', '/account'],
])('whoever is sent to %s goes to %s', (redirect, page) => expect(wayOn(redirect)).toBe(page))
