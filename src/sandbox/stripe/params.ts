import { z } from 'zod'
import type { FormObject } from './parse-form'
import { invalidRequest, type Refusal } from './refusal'

/** Building blocks for the parameters of a route. What a route does not name is refused, as Stripe does. */

export const text = (max = 5000) => z.string().min(1).max(max)
/** Text that an empty value unsets. */
export const clearableText = (max = 5000) =>
  z
    .string()
    .max(max)
    .transform((value) => value || null)
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, 'Invalid integer')
  .transform(Number)
export const boolean = z.enum(['true', 'false']).transform((value) => value === 'true')
export const currency = z
  .string()
  .regex(/^[a-zA-Z]{3}$/, 'Invalid currency')
  .transform((value) => value.toLowerCase())
export const absoluteUrl = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:/.test(value), 'Not a valid URL')
export const email = z.string().regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'Invalid email address')

/** At most 50 keys of 40 characters with values of 500; an empty value removes a key. */
export const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((value) => Object.keys(value).length <= 50)

export const expand = z.array(text(200)).max(20).optional()

/** Greater or less than an instant (seconds), or exactly it. */
const range = z.strictObject({
  gt: integer.optional(),
  gte: integer.optional(),
  lt: integer.optional(),
  lte: integer.optional(),
})
export const createdFilter = z.union([integer.transform((value) => ({ gte: value, lte: value })), range]).optional()
export type CreatedFilter = z.infer<typeof createdFilter>

export const pageParams = {
  limit: integer.refine((value) => value >= 1 && value <= 100, 'must lie between 1 and 100').optional(),
  starting_after: text(255).optional(),
  ending_before: text(255).optional(),
  expand,
}

/** `[a, b, 0]` → `a[b][0]` */
const nameOf = (path: readonly PropertyKey[]): string =>
  path.map((segment, index) => (index === 0 ? String(segment) : `[${String(segment)}]`)).join('')

const valueAt = (params: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, segment)
        ? Object.entries(value).find(([key]) => key === String(segment))?.[1]
        : undefined,
    params,
  )

const toRefusal = (issue: z.core.$ZodIssue, params: FormObject): Refusal => {
  if (issue.code === 'unrecognized_keys') {
    const param = nameOf([...issue.path, issue.keys[0] ?? ''])
    // Known once, and removed with the API version of this SDK.
    if (param === 'payment_method_types') {
      return invalidRequest(
        'The parameter `payment_method_types` is no longer supported. Use dynamic payment methods, or filter them with `allowed_payment_method_types`.',
        { code: 'payment_method_types_no_longer_supported', param },
      )
    }
    return invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param })
  }
  const param = nameOf(issue.path)
  const value = valueAt(params, issue.path)
  if (value === undefined) {
    return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  }
  if (value === '') {
    return invalidRequest(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset.`,
      { code: 'parameter_invalid_empty', param },
    )
  }
  if (issue.message === 'Invalid integer') {
    return invalidRequest(`Invalid integer: ${String(value)}`, { code: 'parameter_invalid_integer', param })
  }
  if (issue.message === 'Not a valid URL') return invalidRequest('Not a valid URL', { code: 'url_invalid', param })
  if (issue.code === 'invalid_value') {
    const choices = issue.values.map(String).join(', ')
    return invalidRequest(`Invalid ${param}: must be one of ${choices}`, { param })
  }
  return invalidRequest(`Invalid ${param}: ${issue.message}`, { param })
}

/** @throws Refusal as Stripe would word it, for the first fault. */
export const parseParams = <Schema extends z.ZodType>(schema: Schema, params: FormObject): z.output<Schema> => {
  const result = schema.safeParse(params)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw issue ? toRefusal(issue, params) : invalidRequest('The request is not valid.')
}

/** What stands in `metadata` after an update: given keys replace, empty values remove. */
export const mergeMetadata = (
  before: Record<string, string> | null,
  change: Record<string, string> | undefined,
): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== ''))
