import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { countryCodes, nameOfCountry, readCountry } from '#shared/country'
import { email, isTimeZone, readTimeZone } from '#shared/input'
import { readPhoneNumber } from '#shared/phone-number'

describe('telephone numbers', () => {
  test.each([
    ['+44 20 7946 0958', '+442079460958'],
    ['\u202A+49\u00A030\u00A0123456\u202C', '+4930123456'],
    ['0049 30 123456', '+4930123456'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['tel:+44-20-7946-0958', '+442079460958'],
    ['＋４４ ２０ ７９４６ ０９５８', '+442079460958'],
    ['+49 30 123456 ext. 12', '+4930123456 ext. 12'],
    ['+49 30 123456 x12', '+4930123456 ext. 12'],
    ['+49 30 123456, Durchwahl 12', '+4930123456 ext. 12'],
    ['+49 30 123456 #12', '+4930123456 ext. 12'],
    ['+1 555 0100', '+15550100'],
    // Nobody can know in which country it is dialled.
    ['030\u00A0123456', '030 123456'],
    ['(030) 123456', '(030) 123456'],
  ])('%s', (text, stored) => {
    expect(readPhoneNumber(text)).toBe(stored)
    expect(readPhoneNumber(stored)).toBe(stored)
  })

  test.each(['', 'call me', '++44', '123', '+44\u202E20', '12\n34567', '+', `+${'1'.repeat(40)}`])(
    '%o is none',
    (text) => expect(readPhoneNumber(text)).toBeUndefined(),
  )

  it('reads what it stores as the same', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789 -().+x#'), maxLength: 24 })
    fc.assert(
      fc.property(digits, (text) => {
        const stored = readPhoneNumber(text)
        if (stored !== undefined) expect(readPhoneNumber(stored)).toBe(stored)
      }),
      { numRuns: 500 },
    )
  })
})

describe('countries', () => {
  test.each([
    ['gb', 'GB'],
    ['UK', 'GB'],
    ['GBR', 'GB'],
    ['Germany', 'DE'],
    ['Deutschland', 'DE'],
    [' österreich ', 'AT'],
    ['Côte d’Ivoire', 'CI'],
    ['U.S.A.', 'US'],
    ['The Netherlands', undefined],
    ['ZZ', undefined],
    ['Atlantis', undefined],
    ['D\nE', undefined],
    ['', undefined],
  ])('%s → %s', (text, code) => expect(readCountry(text)).toBe(code))

  it('knows every code and every name that it shows', () => {
    expect(countryCodes).toHaveLength(249)
    for (const code of countryCodes) {
      expect(readCountry(code.toLowerCase())).toBe(code)
      for (const language of ['en', 'de'])
        expect([code, readCountry(nameOfCountry(code, language))]).toEqual([code, code])
    }
  })
})

describe('time zones', () => {
  test.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['\u200EEurope/Berlin ', 'Europe/Berlin'],
    ['AMERICA/ARGENTINA/BUENOS_AIRES', 'America/Argentina/Buenos_Aires'],
    ['us/eastern', 'US/Eastern'],
    ['utc', 'UTC'],
    ['+01:00', undefined],
    ['Mars/Olympus', undefined],
    ['', undefined],
  ])('%s → %s', (text, zone) => {
    expect(readTimeZone(text)).toBe(zone)
    expect(isTimeZone(text)).toBe(zone !== undefined)
  })
})

it('addresses of mails are in small letters, without what was copied along', () => {
  expect(email.parse('\u200B Ada@Example.ORG\u00A0')).toBe('ada@example.org')
  expect(email.safeParse('a@b.example\nBcc: c@d.example').success).toBe(false)
})
