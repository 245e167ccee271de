import { describe, expect, it } from 'vitest'
import { errorCodes } from '#shared/errors'
import { ApiError } from '#app/(site)/_lib/api-error'
import { errorText, fieldFaults } from '#app/(site)/_lib/error-text'
import { textsIn } from '#app/(site)/_lib/texts'
import { siteWords } from '#app/(site)/_words/site-words'
import { textsOf } from './texts-of'

/** What is the same in both languages. */
const same = new Set([
  'site.name',
  'site.docs',
  'directory.sorts.name',
  'expert.website',
  'book.name',
  'booking.calendarOutlook',
  'booking.theirTime',
])

/** English has those alone that the API does not say well enough. */
const isOfCode = (place: string): boolean => place.startsWith('errors.byCode.')

describe('the words of the booking pages', () => {
  it('stand in every language, each in its own, with what is put into them', () => {
    const [en, de] = [new Map(textsOf(siteWords.en)), new Map(textsOf(siteWords.de))]
    const placesOf = (words: Map<string, string>) => [...words.keys()].filter((place) => !isOfCode(place)).sort()
    expect(placesOf(de)).toEqual(placesOf(en))
    for (const [place, text] of de) {
      expect(text.trim(), place).not.toBe('')
      if (!same.has(place)) expect(text, place).not.toBe(en.get(place))
      const numbers = (words: string | undefined) => words?.match(/\d+/g)?.sort() ?? []
      if (place !== 'validation.phone' && !isOfCode(place)) expect(numbers(text), place).toEqual(numbers(en.get(place)))
    }
  })

  it('tell of every refusal in German, as the API speaks English', () => {
    const texts = { en: textsIn({ language: 'en', locale: 'en-GB' }), de: textsIn({ language: 'de', locale: 'de-DE' }) }
    const faults = [{ path: 'customer.phone', message: 'Said by the API' }]
    for (const code of Object.keys(errorCodes) as (keyof typeof errorCodes)[]) {
      const refusal = new ApiError({ code, status: 400, message: 'Said by the API' })
      expect(errorText(refusal, texts.de), code).not.toBe(errorText(refusal, texts.en))
      expect(errorText(refusal, texts.de), code).not.toContain('Said by')
    }
    expect(fieldFaults(faults, texts.en)).toEqual(faults)
    expect(fieldFaults(faults, texts.de)).toEqual([
      { path: 'customer.phone', message: 'Das wird so nicht angenommen.' },
    ])
  })
})
