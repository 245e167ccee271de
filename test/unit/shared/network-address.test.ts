import { describe, expect, it } from 'vitest'
import { networkOf, parseAddress, roughNetworkOf } from '#shared/network-address'

describe('an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    [' 192.0.2.1 ', '192.0.2.1'],
    ['192.0.2.1:8080', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:8080', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('%s is %s', (text, address) => expect(parseAddress(text)).toBe(address))

  it.each(['', 'unknown', '<script>', '1', '0x7f.1', '192.0.2.256', '192.0.2.1:x', '[192.0.2.1', '2001:db8::1::2'])(
    'is not %j',
    (text) => expect(parseAddress(text)).toBeUndefined(),
  )
})

describe('one caller', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:8080', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
    ['[2001:DB8::1:9:9:9:9]:443', '2001:db8:0:1::/64'],
    ['::1', '::/64'],
    ['unknown', 'unknown'],
  ])('at %s is %s', (text, network) => expect(networkOf(text)).toBe(network))
})

it('where an address is about', () => {
  expect(roughNetworkOf('192.0.2.77')).toBe('192.0.2.0/24')
  expect(roughNetworkOf('2001:db8:1:2::3')).toBe('2001:db8:1::/48')
  expect(roughNetworkOf('unknown')).toBeUndefined()
})
