import { expect, it } from 'vitest'
import { ownAddressOf } from '#server/own-address'

it.each([
  ['127.0.0.1:3000', '/admin?x=1', 'http://localhost:3000', 'http://localhost:3000/admin?x=1'],
  ['[::1]:3000', '/', 'http://localhost:3000', 'http://localhost:3000/'],
  ['localhost:3000', '/admin', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000/admin'],
  ['127.0.0.1:3000', '//evil.example', 'http://localhost:3000', 'http://localhost:3000//evil.example'],
  // As it should be, through a tunnel, behind a proxy, and what is no address.
  ['localhost:3000', '/admin', 'http://localhost:3000', undefined],
  ['127.0.0.1:8080', '/admin', 'http://localhost:3000', undefined],
  ['127.0.0.1:3000', '/admin', 'https://parley.example', undefined],
  ['parley.example:3000', '/admin', 'http://localhost:3000', undefined],
  ['a b', '/admin', 'http://localhost:3000', undefined],
  [undefined, '/admin', 'http://localhost:3000', undefined],
])('%s%s, served at %s, is at %s', (host, url, serverUrl, address) => {
  expect(ownAddressOf({ method: 'GET', host, url }, serverUrl)).toBe(address)
  expect(ownAddressOf({ method: 'POST', host, url }, serverUrl)).toBeUndefined()
})
