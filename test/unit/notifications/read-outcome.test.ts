import { describe, expect, it } from 'vitest'
import { ChannelTrouble, readOutcome } from '#notifications/deliver/ask-channel'

describe('what a channel says became of a message', () => {
  it.each([undefined, null, true, 'sent', {}, { status: 'queued' }])('is no outcome: %j', (answer) => {
    expect(() => readOutcome(answer)).toThrow(ChannelTrouble)
  })

  it('is taken as it is where it can be stored', () => {
    for (const answer of [
      { status: 'sent', providerMessageId: 'page-1' },
      { status: 'sent', providerMessageId: null },
      { status: 'refused', reason: 'no such pager' },
      { status: 'retry', reason: 'down', retryAfterSeconds: 120 },
    ]) {
      expect(readOutcome(answer)).toEqual(answer)
    }
  })

  it('is bounded otherwise', () => {
    const reason = `\0${'x'.repeat(10_000)}`
    expect(readOutcome({ status: 'refused', reason })).toEqual({ status: 'refused', reason: 'x'.repeat(2_000) })
    expect(readOutcome({ status: 'sent', providerMessageId: 7 })).toEqual({ status: 'sent', providerMessageId: null })
    for (const [given, taken] of [
      [1e12, 259_200],
      [Number.POSITIVE_INFINITY, 259_200],
      [Number.NaN, null],
      [-5, null],
      [0.5, 1],
    ]) {
      expect(readOutcome({ status: 'retry', reason: 'down', retryAfterSeconds: given })).toMatchObject({
        retryAfterSeconds: taken,
      })
    }
  })
})
