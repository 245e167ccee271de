import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { handledEvents } from '#checkout/stripe-events/handlers'

/** The kinds of events that the handbook says an endpoint has to send. */
const documented = (heading: string): string[] => {
  const [, after = ''] = readFileSync('docs/operations.md', 'utf8').split(heading)
  const [list = ''] = after.trim().split('\n\n')
  return [...list.matchAll(/`([a-z_.]+)`/g)].map(([, type = '']) => type)
}

describe('the events that operations subscribe to', () => {
  it('are exactly those that somebody handles', () => {
    expect(documented('events of **your account**:').sort()).toEqual(handledEvents.platform.toSorted())
    expect(documented('events of **connected accounts**:').sort()).toEqual(handledEvents.connect.toSorted())
  })
})
