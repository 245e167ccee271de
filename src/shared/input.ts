import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { readCountry } from './country'
import { readPhoneNumber } from './phone-number'
import { isVisible, readLine, readParagraph, type ReadText } from './read-text'

/**
 * Zod building blocks for everything that comes from outside. Text is taken in the form in which it is stored (`read-text.ts`); what would lie in mails
 * and in the admin is refused.
 */

const textOf = (read: (text: string) => ReadText, max: number) =>
  z
    .string()
    .max(max)
    .transform((sent, context) => {
      const { value, fault } = read(sent)
      if (fault === undefined && isVisible(value)) return value
      context.addIssue({ code: 'custom', message: fault ?? 'must not be empty' })
      return z.NEVER
    })

/** One line of text, trimmed, 1 to `max` characters. */
export const line = (max: number) => textOf(readLine, max)

/** Text of several lines, trimmed, 1 to `max` characters. */
export const paragraph = (max: number) => textOf(readParagraph, max)

/** To ask costs a tenth of a whole answer of free times, and there are a few hundred zones; only those that exist are kept. */
const knownTimeZones = new Map<string, string>()

/** The name of an IANA time zone as it is spelled, whatever letters are small; undefined where there is none. */
export const readTimeZone = (text: string): string | undefined => {
  const known = knownTimeZones.get(text)
  if (known !== undefined) return known
  const name = readLine(text).value ?? ''
  // Offsets such as "+01:00" are zones for Temporal, but they know no summer time; only IANA names are taken.
  if (!/^[A-Za-z]/.test(name) || name.length > 64) return undefined
  try {
    const zone = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId
    // Names are taken in any case, so there are more spellings than zones.
    if (knownTimeZones.size < 2_000) knownTimeZones.set(text, zone)
    return zone
  } catch {
    return undefined
  }
}

/** Whether it is the name of one, in any spelling. */
export const isTimeZone = (value: string): boolean => readTimeZone(value) !== undefined

/** What `read` understands, as it is stored. */
const understood = ({
  max,
  read,
  message,
}: {
  max: number
  read: (text: string) => string | undefined
  message: string
}) =>
  z
    .string()
    .max(max)
    .transform((sent, context) => {
      const value = read(sent)
      if (value !== undefined) return value
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })

/** An IANA time zone name. */
export const timeZone = understood({
  max: 80,
  read: readTimeZone,
  message: 'must be an IANA time zone name such as Europe/Berlin',
})

/** ISO 8601 with `Z` or an offset → epoch milliseconds. */
export const instant = z
  .string()
  .max(40)
  .transform((value, context) => {
    try {
      return Temporal.Instant.from(value).epochMilliseconds
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'must be an instant with an offset or Z, such as 2026-12-01T10:00:00+01:00',
      })
      return z.NEVER
    }
  })
  .refine((value) => value >= 0 && value < 4_102_444_800_000, 'must lie between 1970 and 2100')
  .meta({ format: 'date-time' })

/** An e-mail address in lower case, as it is stored and compared. */
export const email = z
  .string()
  .max(254)
  .transform((value) => (readLine(value).value ?? value).toLowerCase())
  .pipe(z.email())

/** A BCP 47 language tag, for example `en` or `de-AT`. */
export const language = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en or de-AT')

/** A telephone number, in E.164 where it has a country code. */
export const phone = understood({
  max: 64,
  read: readPhoneNumber,
  message: 'must be a telephone number, such as +44 20 7946 0958 ext. 12',
})

/** A country by its code or name, as ISO 3166-1 alpha-2. */
export const country = understood({
  max: 100,
  read: readCountry,
  message: 'must be a country (ISO 3166), such as GB or Germany',
})

/** A slug or an id of a record. */
export const slugOrId = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'must be a slug or an id')

export const durationMinutes = z.int().min(1).max(1440)

/** The same in a query string. */
export const queryInteger = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    // What a query string holds is text; to whoever reads the document it is the number.
    .meta({ type: 'integer', minimum: min, maximum: max, pattern: undefined })

export const httpUrl = z.url({ protocol: /^https?$/ }).max(2000)
