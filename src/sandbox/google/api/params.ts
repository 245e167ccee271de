import { z } from 'zod'
import { isTimeZone } from '../../shared/is-time-zone'
import { parseInstant } from '../calendars/times'

/** Building blocks for the parameters of a query. */

export const boolean = z.enum(['true', 'false']).transform((value) => value === 'true')
export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'not an integer')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must lie between ${min} and ${max}`)
export const instant = z
  .string()
  .transform((value) => parseInstant(value))
  .refine((value) => value !== undefined, 'not an RFC 3339 timestamp with an offset')
export const timeZone = z.string().refine(isTimeZone, 'not a time zone')
export const text = z.string().min(1).max(8192)
