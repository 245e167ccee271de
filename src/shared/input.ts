import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

/**
 * Zod building blocks for everything that comes from outside. Text is refused, not cleaned, when it holds what a person
 * cannot see (control characters, bidirectional overrides, lone surrogates): it would lie in mails and in the admin.
 */

const controls = '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F'
const bidirectional = '\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069'
const invisible = '\\u2028\\u2029\\uFEFF\\uFFF9-\\uFFFB'
const unsafeInText = new RegExp(`[${controls}${bidirectional}${invisible}]`)
const lineBreaks = /[\n\r\t]/

/** Whether `value` may be stored and shown: no control, bidirectional or invisible format characters, well-formed UTF-16. */
export const isSafeText = (value: string): boolean => !unsafeInText.test(value) && value.isWellFormed()

const unsafeMessage = 'must not contain control or bidirectional formatting characters'

/** One line of text, trimmed, 1 to `max` characters. */
export const line = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => isSafeText(value) && !lineBreaks.test(value), unsafeMessage)
    .transform((value) => value.trim())
    .refine((value) => value.length > 0, 'must not be empty')

/** Text of several lines, trimmed, 1 to `max` characters. */
export const paragraph = (max: number) =>
  z
    .string()
    .max(max)
    .refine(isSafeText, unsafeMessage)
    .transform((value) => value.trim())
    .refine((value) => value.length > 0, 'must not be empty')

/** To ask costs a tenth of a whole answer of free times, and there are a few hundred zones; only those that exist are kept. */
const knownTimeZones = new Set<string>()

export const isTimeZone = (value: string): boolean => {
  if (knownTimeZones.has(value)) return true
  // Offsets such as "+01:00" are zones for Temporal, but they know no summer time; only IANA names are taken.
  if (!/^[A-Za-z]/.test(value) || value.length > 64) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
  } catch {
    return false
  }
  // Names are taken in any case, so there are more spellings than zones.
  if (knownTimeZones.size < 2_000) knownTimeZones.add(value)
  return true
}

/** An IANA time zone name. */
export const timeZone = z.string().max(64).refine(isTimeZone, 'must be an IANA time zone name such as Europe/Berlin')

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
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.email())

/** A BCP 47 language tag, for example `en` or `de-AT`. */
export const language = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en or de-AT')

export const phone = z
  .string()
  .max(32)
  .regex(/^\+?[0-9][0-9 ()./-]{3,30}$/, 'must be a telephone number')

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
