import { beforeAll, expect, test } from 'vitest'
import type { FlattenedField, Payload } from 'payload'
import { createUser } from '../../support/fixtures'
import { formatNames } from 'payload'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

type Input = { name: string; inputFields: { name: string; type: { kind: string } }[] | null }

let payload: Payload
let inputs: Map<string, string[]>

beforeAll(async () => {
  payload = await getTestPayload()
  const client: RestClient = await (await createRestClient(payload)).as(await createUser(payload, ['admin']))
  const { json, text } = await client.graphql('{ __schema { types { name inputFields { name type { kind } } } } }')
  const types: Input[] | undefined = json?.data?.__schema.types
  if (!types) throw new Error(text)
  const demanded = (fields: Input['inputFields']) =>
    (fields ?? []).filter(({ type }) => type.kind === 'NON_NULL').map(({ name }) => name)
  inputs = new Map(types.map(({ name, inputFields }) => [name, demanded(inputFields)]))
})

/** What somebody who creates a record has to say: required, and neither a default nor a guard fills it in. */
const needed = (fields: FlattenedField[]): string[] =>
  fields.flatMap((field) => {
    if ('flattenedFields' in field && field.type === 'group')
      return needed(field.flattenedFields).length ? [field.name] : []
    if (!('required' in field) || !field.required) return []
    const isFilled = field.defaultValue !== undefined || field.custom?.filledByGuard === true
    return isFilled ? [] : [field.name]
  })

test('GraphQL demands no field of a new record that REST fills in', () => {
  const seen: string[] = []
  for (const { config } of Object.values(payload.collections)) {
    const { singular } = formatNames(config.slug)
    const demanded = inputs.get(`mutation${singular}Input`)
    if (!demanded) continue
    seen.push(config.slug)
    const allowed = new Set(needed(config.flattenedFields))
    // Payload's own for logins.
    if (config.auth) allowed.add('password')
    expect(
      demanded.filter((name) => !allowed.has(name)),
      config.slug,
    ).toEqual([])
  }
  expect(seen).toContain('scheduled-sessions')
  expect(inputs.get('mutationScheduledSessionInput')).toEqual(['startsAt'])
})
