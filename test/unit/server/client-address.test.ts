import { describe, expect, it } from 'vitest'
import { clientAddress } from '#server/client-address'

const of = (forwardedFor: string | undefined, trustedProxies: number, socketAddress = '10.0.0.9') =>
  clientAddress({ forwardedFor, socketAddress, trustedProxies })

describe('the client address', () => {
  it('is the connection’s when no proxy is trusted, whatever the header says', () => {
    expect(of('198.51.100.7', 0)).toBe('10.0.0.9')
  })
  it('is what the nearest trusted proxy saw', () => {
    expect(of('198.51.100.7', 1)).toBe('198.51.100.7')
    expect(of('6.6.6.6, 198.51.100.7', 1)).toBe('198.51.100.7')
    expect(of('6.6.6.6, 198.51.100.7, 10.0.0.8', 2)).toBe('198.51.100.7')
  })
  it('cannot be made up with fewer entries than proxies', () => {
    expect(of('198.51.100.7', 3)).toBe('198.51.100.7')
    expect(of(undefined, 1)).toBe('10.0.0.9')
  })
  it('is an address without the port that a proxy adds', () => {
    expect(of('198.51.100.7:52044', 1)).toBe('198.51.100.7')
    expect(of('[2001:DB8:0::7]:443', 1)).toBe('2001:db8::7')
    expect(of('6.6.6.6:1, [::ffff:198.51.100.7]:52044', 1)).toBe('198.51.100.7')
  })
  it('is never a text that is no address', () => {
    expect(of('<script>', 1)).toBe('10.0.0.9')
    expect(of(undefined, 0, '::ffff:192.0.2.1')).toBe('192.0.2.1')
  })
})
