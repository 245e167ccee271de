import { expect, it } from 'vitest'
import { decideAttributes } from '#attributes/decide-attributes'
import { DomainError } from '#shared/errors'
import { definitionOf } from '../../support/attribute-definition'

const definitions = [
  definitionOf({ key: 'free', writableBy: ['customer'], readableBy: ['customer'] }),
  definitionOf({ key: 'needed', required: true, writableBy: ['customer'], readableBy: ['customer'] }),
  definitionOf({ key: 'shown', readableBy: ['customer'] }),
  definitionOf({ key: 'secret', required: true }),
  definitionOf({ key: 'special', serviceTypes: ['one'], required: true, writableBy: ['customer'] }),
]

const decide = (args: Partial<Parameters<typeof decideAttributes>[0]>) =>
  decideAttributes({ definitions, stored: null, sent: undefined, viewer: ['customer'], isComplete: false, ...args })

const refusalOf = (args: Parameters<typeof decide>[0]) => {
  try {
    decide(args)
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, errors: error.errors }
  }
  return undefined
}

it('asks whoever makes a record for what is required of them', () => {
  expect(refusalOf({ isComplete: true, serviceType: 'two' })).toEqual({
    code: 'invalid_request',
    errors: [{ path: 'attributes.needed', message: 'is required' }],
  })
  expect(refusalOf({ isComplete: true, serviceType: 'one', viewer: 'staff' })?.errors?.map(({ path }) => path)).toEqual(
    ['attributes.needed', 'attributes.secret', 'attributes.special'],
  )
  const isNeeded = [{ path: 'attributes.needed', message: 'is required' }]
  for (const needed of [' ', null, []]) {
    expect(refusalOf({ isComplete: true, serviceType: 'two', sent: { needed } })?.errors).toEqual(isNeeded)
    expect(refusalOf({ stored: { needed: 'x' }, sent: { needed } })?.errors).toEqual(isNeeded)
    expect(decide({ stored: {}, sent: { needed } })).toBeUndefined()
  }
  expect(decide({ sent: { needed: 'x' }, isComplete: true, serviceType: 'two' })).toEqual({ needed: 'x' })
  // What was defined later is not asked for of a record that exists.
  expect(decide({ stored: {}, sent: { free: 'x' } })).toEqual({ free: 'x' })
})

it('nothing changes where nothing is said, or the same', () => {
  const stored = { free: 'x', secret: 'y', gone: 1 }
  for (const sent of [undefined, null, {}, { free: 'x' }]) expect(decide({ stored, sent })).toBeUndefined()
})

it('what is read and not set may be sent back as it is, and empty where there is none', () => {
  expect(decide({ stored: { shown: 'x' }, sent: { shown: 'x' } })).toBeUndefined()
  expect(decide({ stored: {}, sent: { shown: null } })).toBeUndefined()
  expect(refusalOf({ stored: { shown: 'x' }, sent: { shown: 'y' } })?.code).toBe('forbidden')
})

it('what is not read looks like what does not exist, whatever is guessed', () => {
  const guesses = [{ secret: 'y' }, { secret: 'z' }, { nowhere: 'y' }].map((sent) => {
    const refusal = refusalOf({ stored: { secret: 'y' }, sent })
    return [refusal?.code, refusal?.errors?.[0]?.message]
  })
  expect(new Set(guesses.map((guess) => guess.join()))).toEqual(
    new Set(['invalid_request,is no attribute that is in use here']),
  )
})

it('an earlier version brings back what fits, and nothing else', () => {
  const stored = { shown: 'now', free: 'now' }
  const sent = { shown: 'then', free: 'then', gone: 'then', needed: null }
  expect(decide({ stored, sent, isLenient: true })).toEqual({ shown: 'now', free: 'then' })
})

it('all of a record together have a bound, and what is refused is not repeated at length', () => {
  const many = Array.from({ length: 12 }, (_, index) =>
    definitionOf({ key: `long${index}`, type: 'long_text', writableBy: ['customer'] }),
  )
  const sent = Object.fromEntries(many.map(({ key }) => [key, 'x'.repeat(5_000)]))
  expect(refusalOf({ definitions: many, sent })?.errors?.[0]?.message).toContain('at most 50000 characters together')
  const [error] = refusalOf({ sent: { ['k'.repeat(100_000)]: 1 } })?.errors ?? []
  expect(error?.path.length).toBeLessThan(100)
})

it('a choice that is named twice is not what was chosen before', () => {
  const definition = definitionOf({
    ...{ key: 'picks', type: 'multi_select', writableBy: ['customer'], readableBy: ['customer'] },
    options: ['a', 'b'].map((value) => ({ value, label: value })),
  })
  const args = { definitions: [definition], stored: { picks: ['a', 'b'] } }
  expect(refusalOf({ ...args, sent: { picks: ['a', 'a'] } })?.errors).toEqual([
    { path: 'attributes.picks', message: 'must name each choice once' },
  ])
  expect(decide({ ...args, sent: { picks: ['b', 'a'] } })).toBeUndefined()
})

it('how much others have written is not told by a refusal', () => {
  const own = { readableBy: ['customer'] as const, writableBy: ['customer'] as const }
  const keys = Array.from({ length: 12 }, (_, index) => `key${index}`)
  const texts = keys.map((key, index) =>
    definitionOf({
      key,
      type: 'long_text',
      ...(index < 11 && { readableBy: [...own.readableBy], writableBy: [...own.writableBy] }),
    }),
  )
  const long = 'x'.repeat(5_000)
  const nine = Object.fromEntries(keys.slice(0, 9).map((key) => [key, long]))
  const unread = { key11: long.repeat(2) }
  expect(decide({ definitions: texts, stored: unread, sent: nine })).toEqual({ ...unread, ...nine })
  const more = { definitions: texts, stored: nine, sent: { key9: long, key10: 'x' } }
  expect(refusalOf(more)?.errors?.[0]?.path).toBe('attributes')
  expect(refusalOf({ definitions: texts, stored: unread, sent: nine, viewer: 'staff' })?.errors?.[0]?.path).toBe(
    'attributes',
  )
})

it('what a service type is not asked for any more can be taken away, also where it is required', () => {
  const args = { stored: { special: 'x' }, sent: { special: null } }
  expect(decide({ ...args, serviceType: 'two' })).toEqual({})
  expect(refusalOf({ ...args, serviceType: 'one' })?.errors).toEqual([
    { path: 'attributes.special', message: 'is required' },
  ])
})
