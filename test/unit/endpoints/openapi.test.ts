import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { operations } from '#endpoints/index'
import { json } from '#endpoints/support/answer'
import { defineCommand, defineEndpoint } from '#endpoints/support/define-endpoint'
import type { Operation } from '#endpoints/support/operation'
import { frameRefusals } from '#endpoints/support/frame-refusals'
import { buildOpenapi } from '#endpoints/support/openapi'
import { errorCodes } from '#shared/errors'

type Json = Record<string, unknown>
type Described = {
  responses: Record<string, { description: string; headers?: Json; content?: Record<string, { schema?: Json }> }>
  requestBody?: { required: boolean }
}

const document = buildOpenapi(operations)

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

const refsIn = (value: unknown): string[] => {
  if (!isObject(value)) return []
  const own = typeof value.$ref === 'string' ? [value.$ref] : []
  return [...own, ...Object.values(value).flatMap(refsIn)]
}

/** What a JSON pointer of the document points at. */
const find = (from: Json, ref: string): unknown =>
  ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), from)

const described = (from: Json, operationId: string): Described => {
  const all = Object.values(from.paths as Record<string, Record<string, Described & { operationId: string }>>)
  const found = all.flatMap((methods) => Object.values(methods)).find((one) => one.operationId === operationId)
  if (!found) throw new Error(`${operationId} is not in the document.`)
  return found
}

const statusesOf = (operationId: string): number[] =>
  Object.keys(described(document, operationId).responses).map(Number)

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(structuredClone(document))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  it('has something behind every $ref', () => {
    const refs = [...new Set(refsIn(document))]
    expect(refs.length).toBeGreaterThan(20)
    expect(refs.filter((ref) => find(document, ref) === undefined)).toEqual([])
    expect(JSON.stringify(document)).not.toContain('$defs')
  })

  it('takes an Idempotency-Key with every POST, but with those that do no more when they are repeated', () => {
    const without = operations.filter(({ method, isIdempotent }) => method === 'post' && !isIdempotent)
    expect(without.map(({ operationId }) => operationId).toSorted()).toEqual(
      [
        // Forms of pages, which send no headers of ours.
        ...['answerTimeProposal', 'decideCalendarDifferenceByLink', 'enterRoom'],
        // What is so already is made so once more.
        ...['chooseDefaultPaymentMethod', 'confirmAddress', 'paySession', 'readPaymentAgain', 'refreshPayment'],
        ...['connectOpenid', 'giveUpLogin'],
        // Their answers are logins, codes and challenges, of which nothing is kept; what was shown is used up.
        ...['addPasskey', 'askForPasskey', 'beginAuthenticator', 'beginPasskey', 'confirmAuthenticator'],
        ...['renewRecoveryCodes', 'showSecondFactor'],
        // Of providers, which number what they send.
        ...['googleCalendarNotifications', 'receiveStripeEvent', 'receiveZoomEvent'],
      ].toSorted(),
    )
  })

  it('refers to every schema that it names', () => {
    const { schemas } = document.components as { schemas: Json }
    const used = new Set(refsIn(document))
    expect(Object.keys(schemas).filter((name) => !used.has(`#/components/schemas/${name}`))).toEqual([])
  })
})

describe('the frame declares what the frame refuses', () => {
  const bodied = operations.filter(({ method }) => method !== 'get')
  const away = ['healthLive', 'healthReady', 'getMetrics', 'getOpenapi', 'returnFromOnboarding']

  it.each([
    [413, bodied],
    [503, operations.filter(({ operationId }) => !away.includes(operationId))],
    [429, operations.filter(({ limit }) => limit !== undefined)],
    [400, operations.filter(({ params, query, body }) => params ?? query ?? body)],
    [409, operations.filter(({ isIdempotent }) => isIdempotent)],
    [500, operations],
  ] as [number, Operation[]][])('with %i on every operation that can answer it', (status, which) => {
    expect(which.length).toBeGreaterThan(0)
    expect(which.map(({ operationId }) => operationId).filter((id) => !statusesOf(id).includes(status))).toEqual([])
  })

  it('with Retry-After wherever trying again later makes sense', () => {
    for (const { operationId } of operations) {
      const { responses } = described(document, operationId)
      for (const status of ['429', '503']) {
        if (operationId === 'healthReady' || !responses[status]) continue
        expect(responses[status].headers, `${operationId} ${status}`).toHaveProperty('Retry-After')
      }
    }
  })

  it('so no operation says it again', () => {
    const doubled = operations.flatMap((operation) =>
      operation.refusals
        .filter((code) => frameRefusals(operation).includes(code))
        .map((code) => [operation.operationId, code]),
    )
    expect(doubled).toEqual([])
  })

  it('and every refusal is a problem document with the id of the request', () => {
    const refusals = new Set<number>(Object.values(errorCodes).map(({ status }) => status))
    for (const { operationId } of operations) {
      for (const [status, response] of Object.entries(described(document, operationId).responses)) {
        expect(response.headers, `${operationId} ${status}`).toHaveProperty('X-Request-Id')
        if (refusals.has(Number(status))) expect(response.content).toHaveProperty(['application/problem+json'])
      }
    }
  })
})

describe('what is no JSON', () => {
  it.each([
    ['getSessionCalendar', '200', ['text/calendar']],
    ['getCalendarFeed', '200', ['text/calendar']],
    ['getInvoice', '200', ['application/pdf']],
    ['getStatement', '200', ['application/json', 'text/csv', 'application/pdf']],
    ['viewTimeProposal', '200', ['text/html']],
    ['viewTimeProposal', '404', ['application/problem+json', 'text/html']],
  ])('%s answers %s as %j', (operationId, status, types) => {
    expect(Object.keys(described(document, operationId).responses[status]?.content ?? {})).toEqual(types)
  })

  it.each(['joinSession', 'connectGoogleCalendar', 'googleCalendarCallback', 'refreshOnboarding'])(
    '%s says where its redirect leads',
    (operationId) => {
      expect(described(document, operationId).responses['302']?.headers).toHaveProperty('Location')
    },
  )
})

describe('a document of other operations than the product’s', () => {
  const common = { tag: 'Badges', summary: 'An operation of an extension', refusals: [] as const }
  const badge = z.object({ name: z.string(), issuer: z.object({ name: z.string() }).meta({ id: 'Issuer' }) })
  const listBadges = defineEndpoint({
    ...common,
    method: 'get',
    path: '/badges',
    operationId: 'listBadges',
    answers: { 200: { description: 'All', schema: z.object({ docs: z.array(badge.meta({ id: 'Badge' })) }) } },
    handle: () => json({ docs: [] }),
  })
  const giveBadge = defineCommand({
    ...common,
    method: 'post',
    path: '/badges/:name',
    operationId: 'giveBadge',
    params: z.object({ name: z.string() }),
    body: z.strictObject({ consultant: z.string() }),
    answers: { 201: { description: 'Given', schema: badge } },
    refusals: ['not_found'],
    limit: 'change',
    handle: () => Promise.resolve({ answer: json({}) }),
  })

  it('is whole and valid, and has what the frame refuses', async () => {
    const own = buildOpenapi([listBadges, giveBadge])
    expect((await new Validator().validate(structuredClone(own))).errors).toBeUndefined()
    expect(refsIn(own).filter((ref) => find(own, ref) === undefined)).toEqual([])
    expect(Object.keys((own.components as { schemas: Json }).schemas)).toEqual(['Badge', 'Issuer', 'Problem'])
    const statuses = ['201', '400', '404', '409', '413', '429', '500', '503']
    expect(Object.keys(described(own, 'giveBadge').responses)).toEqual(statuses)
    expect(described(own, 'giveBadge').requestBody).toMatchObject({ required: true })
  })

  it('stands beside the product’s in one document', () => {
    const both = buildOpenapi([...operations, listBadges, giveBadge])
    expect(Object.keys(both.paths as Json)).toEqual([
      ...Object.keys(document.paths as Json),
      '/api/badges',
      '/api/badges/{name}',
    ])
  })

  it('refuses a name that is taken', () => {
    const other = z.object({ other: z.string() }).meta({ id: 'Money' })
    const answers = { 200: { description: 'One', schema: z.object({ price: other }) } }
    expect(() => buildOpenapi([...operations, { ...listBadges, answers }])).toThrow('two schemas named Money')
    expect(() => buildOpenapi([...operations, { ...listBadges, operationId: 'getSession' }])).toThrow('getSession')
    expect(() => buildOpenapi([...operations, { ...listBadges, path: '/booking/consultants' }])).toThrow('listBadges')
  })
})
