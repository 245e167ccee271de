import { expect, it } from 'vitest'
import { withinPatience } from '#events/within-patience'

it('waits for what comes to an end, and not for ever for what does not', async () => {
  expect(await withinPatience(async () => 'done', 'It')).toBe('done')
  await expect(withinPatience(() => Promise.reject(new Error('no')), 'It')).rejects.toThrow('no')
  await expect(withinPatience(() => new Promise(() => undefined), 'Handler "1" of review.created', 10)).rejects.toThrow(
    'Handler "1" of review.created has not ended within 0.01 seconds.',
  )
})
