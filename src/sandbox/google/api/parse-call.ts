import type { z } from 'zod'
import { invalid, invalidParameter, type Refusal, required } from '../refusal'

/** The parameters of a query as they were sent. */
export type Query = Record<string, string[]>

/** Every call may have these; those that change an answer's form are seen to elsewhere. */
const standard = new Set(['alt', 'fields', 'key', 'prettyPrint', 'quotaUser', 'userIp'])

/** `[items, 0, id]` → `items[0].id` */
const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : `${index ? '.' : ''}${String(segment)}`))
    .join('')

const toQueryRefusal = (issue: z.core.$ZodIssue, given: Query): Refusal => {
  if (issue.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? ''
    return invalidParameter(
      name,
      `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      'badRequest',
    )
  }
  const name = String(issue.path[0] ?? '')
  if (!Object.hasOwn(given, name))
    return required(`Required parameter: ${name}`, { location: name, locationType: 'parameter' })
  return invalidParameter(name, `Invalid value for ${name}: ${issue.message}`)
}

/** @throws Refusal for the first parameter that the call does not have, or whose value cannot be. */
export const parseQuery = <Schema extends z.ZodType>(
  schema: Schema,
  query: Query,
  repeated: readonly string[],
): z.output<Schema> => {
  const entries = Object.entries(query).filter(([name]) => !standard.has(name))
  for (const [name, values] of entries) {
    if (values.length > 1 && !repeated.includes(name))
      throw invalidParameter(name, `Parameter ${name} was given twice.`)
  }
  const flat = Object.fromEntries(entries.map(([name, values]) => [name, repeated.includes(name) ? values : values[0]]))
  const result = schema.safeParse(flat)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw issue ? toQueryRefusal(issue, query) : invalid('Bad Request')
}

/** @throws Refusal for the first field that the resource does not have, or whose value cannot be. */
export const parseBody = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> => {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  if (!issue) throw invalid('Bad Request')
  if (issue.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? ''
    const where = issue.path.length ? ` at '${nameOf(issue.path)}'` : ''
    throw invalid(`Invalid JSON payload received. Unknown name "${name}"${where}: Cannot find field.`, {
      reason: 'badRequest',
    })
  }
  throw invalid(`Invalid value at '${nameOf(issue.path)}': ${issue.message}`)
}
