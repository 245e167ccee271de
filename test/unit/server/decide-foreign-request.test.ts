import { describe, expect, it } from 'vitest'
import { decideForeignRequest, type RequestOrigin } from '#server/decide-foreign-request'

const ours = {
  method: 'POST',
  origin: undefined,
  fetchSite: undefined,
  hosts: ['parley.example'],
  origins: ['https://parley.example', 'https://shop.example:8443/'],
}

const isRefused = (request: Partial<RequestOrigin>): boolean =>
  decideForeignRequest({ ...ours, ...request }) !== undefined

describe('what is refused as sent by a page of somebody else', () => {
  it.each<[string, Partial<RequestOrigin>]>([
    ['another site', { origin: 'https://evil.example' }],
    ['another site, to delete', { method: 'DELETE', origin: 'https://evil.example' }],
    ['another site, to change', { method: 'PATCH', origin: 'https://evil.example' }],
    ['another site, to put', { method: 'PUT', origin: 'https://evil.example' }],
    ['a method that nobody knows', { method: 'BREW', origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['a page without an origin, whatever it is to this site', { origin: 'null', fetchSite: 'same-origin' }],
    ['an empty origin', { origin: '' }],
    ['several origins', { origin: 'https://parley.example, https://evil.example' }],
    ['a file', { origin: 'file://' }],
    ['an app of another scheme', { origin: 'capacitor://parley.example' }],
    ['a sibling', { origin: 'https://other.parley.example' }],
    ['a name that begins as ours', { origin: 'https://parley.example.evil.example' }],
    ['another port', { origin: 'https://parley.example:8443' }],
    ['the same host, unencrypted', { origin: 'http://parley.example' }],
    ['another site by its site alone', { fetchSite: 'cross-site' }],
  ])('%s', (_what, request) => expect(isRefused(request)).toBe(true))

  it('with what to do about it', () => {
    expect(decideForeignRequest({ ...ours, origin: 'https://evil.example' })).toContain('CORS_ORIGINS')
  })
})

describe('what is not', () => {
  it.each<[string, Partial<RequestOrigin>]>([
    ['our own page', { origin: 'https://parley.example' }],
    ['our own page, however it is written', { origin: 'HTTPS://PARLEY.example:443' }],
    ['our own page at another name of ours', { origin: 'https://www.parley.example', hosts: ['www.parley.example'] }],
    ['a page of CORS_ORIGINS', { origin: 'https://shop.example:8443', fetchSite: 'cross-site' }],
    ['a program, a webhook, a callback', {}],
    ['somebody at the address bar', { fetchSite: 'none' }],
    ['our own page without its origin', { fetchSite: 'same-origin' }],
    ['reading', { method: 'GET', origin: 'https://evil.example', fetchSite: 'cross-site' }],
    ['the headers alone', { method: 'HEAD', origin: 'https://evil.example' }],
    ['the question before a request', { method: 'OPTIONS', origin: 'https://evil.example' }],
    [
      'an address in the network of an unencrypted server',
      { origin: 'http://192.0.2.5:3000', hosts: ['192.0.2.5:3000'], origins: ['http://localhost:3000'] },
    ],
    [
      'a tunnel to an unencrypted server',
      { origin: 'https://tunnel.example', hosts: ['tunnel.example'], origins: ['http://localhost:3000'] },
    ],
  ])('%s', (_what, request) => expect(isRefused(request)).toBe(false))
})
