import type { PayloadRequest } from 'payload'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Answer, json, noContent, redirect } from '#endpoints/support/answer'
import { defineEndpoint } from '#endpoints/support/define-endpoint'
import { DomainError, type ErrorCode } from '#shared/errors'

const lantern = z.object({ name: z.string(), maker: z.object({ name: z.string() }).nullable() })

const operation = (handle: () => Answer, refusalsAs?: 'page') =>
  defineEndpoint({
    method: 'get',
    path: '/lanterns',
    operationId: 'getLantern',
    tag: 'Lanterns',
    summary: 'A lantern',
    answers: {
      200: { description: 'It', schema: lantern, alsoAs: ['text/csv'] },
      302: { description: 'Elsewhere', headers: { Location: 'Where' } },
    },
    refusals: ['not_found'],
    ...(refusalsAs ? { refusalsAs } : {}),
    isStandalone: true,
    handle,
  })

const silent = { error: () => undefined }

/** What a caller gets from an operation that does this. */
const answerOf = async (handle: () => Answer, refusalsAs?: 'page') => {
  const req = { headers: new Headers(), searchParams: new URLSearchParams(), payload: { logger: silent } }
  // The frame looks at nothing else of a request that takes no input.
  const response = await operation(handle, refusalsAs).endpoint.handler(req as unknown as PayloadRequest)
  return { status: response.status, text: await response.text() }
}

const refuse = (code: ErrorCode) => () => {
  throw new DomainError(code, 'No.')
}

describe('an answer that the document declares', () => {
  it.each<[string, () => Answer, number]>([
    ['a body with all of its fields', () => json({ name: 'Moon', maker: { name: 'Ada' } }), 200],
    ['null where it may be', () => json({ name: 'Moon', maker: null }), 200],
    ['another form of it', () => ({ status: 200, body: 'a,b', contentType: 'text/csv; charset=utf-8' }), 200],
    ['a redirect', () => redirect('https://parley.example'), 302],
    ['a refusal of its own', refuse('not_found'), 404],
    ['a refusal of the frame', refuse('internal_error'), 500],
  ])('goes out: %s', async (_, handle, status) => {
    expect((await answerOf(handle)).status).toBe(status)
  })
})

describe('an answer that the document does not declare is a fault', () => {
  it.each<[string, () => Answer, string]>([
    ['a field', () => json({ name: 'Moon', maker: null, price: 3 }), 'fields that are not declared: price'],
    ['a field within', () => json({ name: 'Moon', maker: { name: 'Ada', age: 3 } }), 'not declared: maker.age'],
    ['a field that is missing', () => json({ name: 'Moon' }), 'maker: '],
    ['a field of another kind', () => json({ name: 3, maker: null }), 'name: '],
    ['a status', () => json({ name: 'Moon', maker: null }, { status: 201 }), 'answers 201'],
    ['no body', () => ({ status: 200 }), 'no body where application/json'],
    ['a status without a body', () => noContent(), 'answers 204'],
    ['another form', () => ({ status: 200, body: '%PDF', contentType: 'application/pdf' }), 'application/pdf'],
    ['a header', () => json({ name: 'Moon', maker: null }, { headers: { ETag: '"1"' } }), 'undeclared ETag'],
    ['a refusal', refuse('outside_policy'), 'refuses with `outside_policy`'],
    ['a page', () => ({ status: 404, body: '<p>', contentType: 'text/html' }), 'answers 404 as text/html'],
  ])('%s', async (_, handle, words) => {
    const { status, text } = await answerOf(handle)
    expect([status, text]).toEqual([500, expect.stringContaining(words)])
  })
})

describe('a refusal that is shown as a page', () => {
  const page = (status: number) => () => ({ status, body: '<p>', contentType: 'text/html; charset=utf-8' })

  it('goes out where the operation says that it shows pages', async () => {
    expect((await answerOf(page(404), 'page')).status).toBe(404)
  })

  it('is a fault with a status that nothing declared has', async () => {
    expect((await answerOf(page(410), 'page')).text).toContain('answers 410')
  })
})
