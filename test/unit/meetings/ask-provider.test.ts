import { afterEach, describe, expect, it, vi } from 'vitest'
import { askProvider } from '#meetings/ask-provider'
import { jitsi } from '#meetings/jitsi/jitsi'
import { RoomError } from '#meetings/room-error'

afterEach(() => {
  vi.useRealTimers()
})

describe('what comes of a call to a provider of rooms', () => {
  it('is its answer, or its own word on what it did', async () => {
    expect(await askProvider(jitsi, () => Promise.resolve('here'))).toBe('here')
    const gone = new RoomError('Nothing there.', { outcome: 'gone' })
    await expect(askProvider(jitsi, () => Promise.reject(gone))).rejects.toBe(gone)
  })

  it('is not known when it throws anything else, also at once', async () => {
    const fault = new TypeError('fetch failed')
    const unknown = { outcome: 'unknown', message: 'Jitsi failed: fetch failed', cause: fault }
    await expect(askProvider(jitsi, () => Promise.reject(fault))).rejects.toMatchObject(unknown)
    const throwing = () => {
      throw fault
    }
    await expect(askProvider(jitsi, throwing)).rejects.toMatchObject(unknown)
  })

  it('is not known when there is no answer in time', async () => {
    vi.useFakeTimers()
    const answer = askProvider(jitsi, () => new Promise(() => undefined))
    const refused = expect(answer).rejects.toMatchObject({
      outcome: 'unknown',
      message: 'Jitsi did not answer within 90 seconds.',
    })
    await vi.advanceTimersByTimeAsync(90_000)
    await refused
    const hurried = expect(askProvider(jitsi, () => new Promise(() => undefined), 2_000)).rejects.toMatchObject({
      message: 'Jitsi did not answer within 2 seconds.',
    })
    await vi.advanceTimersByTimeAsync(2_000)
    await hurried
  })
})
