import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { findTextFault, isVisible, readLine, readParagraph } from '#shared/read-text'

const hiding = 'must not contain control characters, or characters that hide or turn around text'

describe('one line', () => {
  test.each([
    ['letters of all scripts', 'Zoë Ångström · 日本語 · עמוס'],
    ['a joiner within Persian', '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645'],
    ['a joiner within Hindi', '\u0915\u094D\u200D\u0937'],
    ['emoji of several parts', '👩‍💻 👩🏽‍💻 ❤️‍🔥'],
    ['the flag of England', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
    ['a mark of direction beside Hebrew', 'עמוס\u200F (Amos)'],
    ['a variant of an ideograph', '葛\u{E0100}'],
  ])('keeps %s', (_, text) => expect(readLine(text)).toEqual({ value: text }))

  test.each([
    ['marks around what was copied', '\u202AAda\u202C', 'Ada'],
    ['isolates', '\u2068Ada\u2069', 'Ada'],
    ['zero-width spaces, soft hyphens, byte order marks', '\uFEFFA\u200Bd\u00ADa\u2060', 'Ada'],
    ['marks of direction beside Latin letters', 'Ada\u200F\u200E', 'Ada'],
    ['joiners that join nothing', 'A\u200Dd\u200Ca', 'Ada'],
    ['rows of variation selectors', 'x\uFE0F\uFE01\u{E0110}y', 'x\uFE0Fy'],
    ['other spaces and tabs', '\u00A0Ada\u2003Love\tlace\u3000', 'Ada Love lace'],
    ['letters taken apart', 'Zoe\u0308', 'Zoë'],
    ['line breaks at its ends', '\r\nAda\n', 'Ada'],
  ])('takes out %s', (_, text, value) => expect(readLine(text)).toEqual({ value }))

  test.each([
    ['an override of direction', 'Ada \u202Egnp.exe', hiding],
    ['a control character', 'Ada\u0007', hiding],
    ['a null', 'Ada\u0000', hiding],
    ['half a character', 'Ada \uD800', hiding],
    ['tags', 'Ada\u{E0041}\u{E0042}', hiding],
    ['tags behind a flag without their end', '\u{1F3F4}\u{E0067}\u{E0062}', hiding],
    ['annotations', 'A\uFFF9da', hiding],
    ['a line break', 'Ada\r\nBcc: x@y.example', 'must be one line'],
    ['a separator of lines', 'Ada\u2028Bcc', 'must be one line'],
    ['a next line', 'Ada\u0085Bcc', 'must be one line'],
  ])('refuses %s', (_, text, fault) => expect(readLine(text)).toEqual({ fault }))
})

it('keeps the lines of several, and ends them in one way', () => {
  expect(readParagraph('a\r\nb\rc\u2028d\n\n10\u00A0000 €\n')).toEqual({ value: 'a\nb\nc\nd\n\n10\u00A0000 €' })
  expect(readParagraph('a\u202Eb')).toEqual({ fault: hiding })
})

it('knows when there is nothing to be seen', () => {
  for (const text of [
    '',
    ' ',
    '\u0301\u0308',
    '\u0903',
    '\u20DD',
    '\uFE0F',
    '\u3164',
    '\u115F\u1160',
    '\u200F',
    '\u2800',
  ])
    expect(isVisible(text)).toBe(false)
  for (const text of ['a', '日', '👩‍💻', '.']) expect(isVisible(text)).toBe(true)
})

describe('whatever is sent', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 200 })
  // Chance alone hardly ever finds these.
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...['\u200B', '\u200C', '\u200D', '\u200F', '\u202A', '\u202E', '\u2066', '\uFE0F', '\u{E0041}', '\u{1F3F4}'],
          ...['\u{E007F}', '\r', '\n', '\u2028', 'א', 'a', '👩', ' ', '\u00A0', '\u{E0100}', 'e', '\u0301', '\uD800'],
        ),
        anything,
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''))

  test.each([
    ['readLine', readLine],
    ['readParagraph', readParagraph],
  ])('%s reads its own answer as the same, and it is fit to be stored', (_, read) => {
    fc.assert(
      fc.property(fc.oneof(anything, hostile), (text) => {
        const { value } = read(text)
        if (value === undefined) return
        expect(read(value)).toEqual({ value })
        expect(findTextFault(value)).toBeUndefined()
        expect(value).not.toMatch(/[\u200B\u202A-\u202E\u2060-\u206F\uFEFF\r]/)
        expect(value).toBe(value.normalize('NFC').trim())
        if (read === readLine) expect(value).not.toMatch(/[\n\t\u0085\u2028\u2029]/)
      }),
      { numRuns: 500 },
    )
  })
})
