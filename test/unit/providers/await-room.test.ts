import { describe, expect, it } from 'vitest'
import { awaitRoom } from '#providers/await-room'
import { asWorker } from '#providers/caller'
import type { Bucket } from '#providers/provider-limits'

const shared: Bucket = { name: 'shared', spacing: 0.2, tolerance: 0, window: { calls: 1, seconds: 0.2 } }
/** Whoever waits for other limits as well stands in another line, as another process does. */
const lineOf = (name: string): Bucket[] => [{ name, spacing: 0, tolerance: 0 }, shared]

describe('the lines of two processes', () => {
  it('take turns about, so that neither is left behind', async () => {
    const turns: string[] = []
    const take = (name: string) =>
      asWorker(async () => {
        await awaitRoom('shared', lineOf(name), Date.now() + 60_000)
        turns.push(name)
      })
    const longLine = Array.from({ length: 7 }, () => take('a'))
    await longLine[0]
    await Promise.all([...longLine, ...Array.from({ length: 4 }, () => take('b'))])
    expect(turns.join('')).toMatch(/^a{1,2}(ba){3,4}b?a*$/)
  })
})
