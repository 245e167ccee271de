import { describe, expect, it } from 'vitest'
import { ApiError } from '#app/(site)/_lib/api-error'
import { orAlready, orGone } from '#app/(site)/_lib/or-already'

const refusal = (code: 'illegal_transition' | 'not_found' | 'unavailable', status: number) =>
  new ApiError({ code, status, message: code })
const refused = refusal('illegal_transition', 409)

describe('a command that is refused', () => {
  const press = (thrown: ApiError, state: string | ApiError) =>
    orAlready({
      act: () => Promise.reject(thrown),
      read: () => (state instanceof ApiError ? Promise.reject(state) : Promise.resolve({ state })),
      isSo: (now) => now.state === 'scheduled',
      toDone: (now) => now.state,
    })

  it('has succeeded where what it wants is so already', async () => {
    expect(await press(refused, 'scheduled')).toBe('scheduled')
  })

  it('is refused where it is not, or nobody knows', async () => {
    await expect(press(refused, 'expired')).rejects.toBe(refused)
    await expect(press(refused, refusal('not_found', 404))).rejects.toBe(refused)
  })

  it('may still be carried out where the answer was none: it is sent again', async () => {
    const unanswered = refusal('unavailable', 503)
    await expect(press(unanswered, 'scheduled')).rejects.toBe(unanswered)
  })
})

describe('taking away', () => {
  it('what is gone already succeeds, and nothing else', async () => {
    await expect(orGone(() => Promise.reject(refusal('not_found', 404)))).resolves.toBeUndefined()
    await expect(orGone(() => Promise.reject(refused))).rejects.toBe(refused)
  })
})
