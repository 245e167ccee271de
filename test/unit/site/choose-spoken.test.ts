import { describe, expect, it } from 'vitest'
import { chooseSpoken } from '#app/(site)/_lib/choose-spoken'
import { languageCookieOf } from '#app/(site)/_lib/language-cookie'

describe('how a page speaks', () => {
  it.each([
    [undefined, undefined, 'en', 'en-GB'],
    [undefined, 'de-AT,de;q=0.9,en;q=0.8', 'de', 'de-AT'],
    [undefined, 'de', 'de', 'de-DE'],
    [undefined, 'en-US,en;q=0.9,de;q=0.8', 'en', 'en-US'],
    [undefined, 'fr-CH, de-CH;q=0.8', 'de', 'de-CH'],
    [undefined, 'ja, ko;q=0.5', 'en', 'en-GB'],
    // What somebody has chosen counts more, in the kind of it that their browser names, if it does.
    ['de', 'en-US,en;q=0.9,de-CH;q=0.1', 'de', 'de-CH'],
    ['en', 'de-AT', 'en', 'en-GB'],
    // What is no language of ours, or no tag.
    ['fr', 'de', 'de', 'de-DE'],
    ['toString', undefined, 'en', 'en-GB'],
    [undefined, 'de-AT-u-ca-buddhist-nu-arab', 'de', 'de-AT'],
    [undefined, 'en-US@posix, de_x;q=, *', 'en', 'en-GB'],
    [undefined, 'x'.repeat(100_000), 'en', 'en-GB'],
  ])('to whoever has chosen %s, with a browser that says %s', (chosen, accepted, language, locale) => {
    expect(chooseSpoken({ chosen, accepted })).toEqual({ language, locale })
  })

  it('is kept for a year, for this server alone', () => {
    expect(languageCookieOf('de', { isSecure: true })).toBe(
      'parley-language=de; Path=/; Max-Age=31536000; SameSite=Lax; Secure',
    )
    expect(languageCookieOf('en', { isSecure: false })).not.toContain('Secure')
  })
})
