import { describe, expect, test } from 'vitest'
import { isHttpUrl, isLanguageTag, isSlug, isWallTime, toSlug } from '#shared/validation'

describe.each([
  [
    'isWallTime',
    isWallTime,
    ['00:00', '09:30', '23:59', '24:00'],
    ['24:01', '9:30', '09:60', '25:00', '', '09:30:00', ' 09:30'],
  ],
  ['isSlug', isSlug, ['a', 'ada-lovelace', '10-minutes'], ['', '-a', 'a-', 'a--b', 'Ada', 'a b', 'ä', 'a'.repeat(101)]],
  ['isLanguageTag', isLanguageTag, ['en', 'de-AT', 'zh-Hant-TW'], ['', 'e', 'english', 'en_GB', 'de-']],
  [
    'isHttpUrl',
    isHttpUrl,
    ['https://parley.example', 'http://localhost:3000/a?b#c'],
    ['', 'parley.example', 'javascript:alert(1)', 'ftp://a.b', `https://a.b/${'x'.repeat(2_000)}`],
  ],
] as const)('%s', (_, check, fine, wrong) => {
  test.each(fine)('takes %o', (value) => expect(check(value)).toBe(true))
  test.each(wrong)('refuses %o', (value) => expect(check(value)).toBe(false))
})

describe('toSlug', () => {
  test.each([
    ['Dr. Zoë Ångström', 'dr-zoe-angstrom'],
    ['Größe & Maß', 'grosse-mass'],
    ['  Łódź / Đà Nẵng ', 'lodz-da-nang'],
    ['Ærøskøbing', 'aeroskobing'],
    ['漢字', ''],
    ['10-minute call', '10-minute-call'],
  ])('%s → %s', (name, slug) => expect(toSlug(name)).toBe(slug))

  test('gives slugs, however long the name', () => {
    const slug = toSlug(`${'a'.repeat(79)} ${'b'.repeat(50)}`)
    expect(isSlug(slug)).toBe(true)
    expect(slug.length).toBeLessThanOrEqual(80)
  })
})
