import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AttributeDefinition } from '#attributes/attribute-definition'
import { type AttributeViewer, isReadable, isWritable, pickReadable } from '#attributes/decide-attribute-access'
import { decideAttributes } from '#attributes/decide-attributes'
import { DomainError } from '#shared/errors'
import { definitionOf } from '../../support/attribute-definition'
import { repetitions } from '../../support/repetitions'

const keys = ['a', 'b', 'c', 'd', 'gone'] as const
const key = fc.constantFrom(...keys)
const text = fc.constantFrom('one', 'two', 'three')
const side = fc.constantFrom('customer' as const, 'consultant' as const)

const definitions: fc.Arbitrary<AttributeDefinition[]> = fc
  .array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      readableBy: fc.uniqueArray(fc.constantFrom('customer' as const, 'consultant' as const, 'public' as const)),
      writableBy: fc.uniqueArray(side),
    }),
  )
  .map((list) => [...new Map(list.map((each) => [each.key, definitionOf(each)])).values()])

const viewer: fc.Arbitrary<AttributeViewer> = fc.oneof(fc.constant('staff' as const), fc.uniqueArray(side))
const stored = fc.dictionary(key, text)
const sent = fc.dictionary(key, fc.oneof(text, fc.constant(null)))

const runs = { numRuns: repetitions({ usual: 2_000, long: 50_000 }) }

test('nothing changes but what was sent by somebody who sets it; a refusal changes nothing', () => {
  fc.assert(
    fc.property(definitions, viewer, stored, sent, (defined, who, before, wish) => {
      let after: Record<string, unknown>
      try {
        after =
          decideAttributes({ definitions: defined, stored: before, sent: wish, viewer: who, isComplete: false }) ??
          before
      } catch (error) {
        expect(error).toBeInstanceOf(DomainError)
        return
      }
      for (const name of keys) {
        const definition = defined.find((each) => each.key === name)
        const isSet = Object.hasOwn(wish, name) && definition !== undefined && isWritable(definition, who)
        expect(after[name]).toEqual(isSet ? (wish[name] ?? undefined) : before[name])
      }
    }),
    runs,
  )
})

test('what somebody reads can be sent back as it is, and changes nothing', () => {
  fc.assert(
    fc.property(definitions, viewer, stored, (defined, who, before) => {
      const read = pickReadable(before, defined, who)
      expect(
        decideAttributes({ definitions: defined, stored: before, sent: read, viewer: who, isComplete: false }),
      ).toBeUndefined()
    }),
    runs,
  )
})

test('whether it is refused does not depend on what the sender does not read', () => {
  fc.assert(
    fc.property(definitions, viewer, stored, stored, sent, (defined, who, before, other, wish) => {
      // The same record for this viewer: what they do not read is another's.
      const hidden = keys.filter((name) => {
        const definition = defined.find((each) => each.key === name)
        return who !== 'staff' && (!definition || !isReadable(definition, who))
      })
      const twin = Object.fromEntries([
        ...Object.entries(before).filter(([name]) => !hidden.some((each) => each === name)),
        ...Object.entries(other).filter(([name]) => hidden.some((each) => each === name)),
      ])
      const outcome = (record: Record<string, string>) => {
        try {
          decideAttributes({ definitions: defined, stored: record, sent: wish, viewer: who, isComplete: false })
          return 'done'
        } catch (error) {
          return String(error)
        }
      }
      expect(outcome(twin)).toBe(outcome(before))
    }),
    runs,
  )
})
