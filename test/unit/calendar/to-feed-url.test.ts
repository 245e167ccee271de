import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '#calendar/file/is-public-address'
import { toFeedUrl } from '#calendar/file/to-feed-url'

describe('an address that may be connected to', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:93.184.216.34'])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    ...['127.0.0.1', '0.0.0.0', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '224.0.0.1'],
    ...[
      '255.255.255.255',
      '192.0.2.1',
      '198.18.0.1',
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
    ],
    ...['2002:a00:1::', 'ff02::1', '2001:db8::1', 'localhost', ''],
  ])('not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('the address of a foreign calendar', () => {
  it.each([
    ['https://calendar.example/me.ics?key=1#top', 'https://calendar.example/me.ics?key=1'],
    [' webcal://calendar.example/me.ics ', 'https://calendar.example/me.ics'],
    ['https://93.184.216.34/me.ics', 'https://93.184.216.34/me.ics'],
  ])('%s', (text, expected) => {
    expect(toFeedUrl(text).href).toBe(expected)
  })

  it.each([
    ['http://calendar.example/me.ics', 'must begin with https:// or webcal://'],
    ['file:///etc/passwd', 'must begin with https:// or webcal://'],
    ['https://me:secret@calendar.example/', 'must not contain a login'],
    ['https://calendar.example:8443/', 'must not name a port'],
    ['https://127.0.0.1/', 'must be on the public Internet'],
    ['https://2130706433/', 'must be on the public Internet'],
    ['https://0x7f.1/', 'must be on the public Internet'],
    ['https://[::1]/', 'must be on the public Internet'],
    ['https://[::ffff:169.254.169.254]/', 'must be on the public Internet'],
    ['https://localhost/', 'must be on the public Internet'],
    ['https://printer.local/', 'must be on the public Internet'],
    ['https://metadata.google.internal/', 'must be on the public Internet'],
    ['my calendar', 'must be an address such as https://calendar.example/me.ics'],
  ])('not %s', (text, message) => {
    expect(() => toFeedUrl(text)).toThrow(expect.objectContaining({ errors: [{ path: 'url', message }] }))
  })
})
