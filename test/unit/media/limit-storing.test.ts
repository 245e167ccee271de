import { expect, it } from 'vitest'
import { limitStoring } from '#media/limit-storing'

it('turns away the twenty-first picture that waits for the store, and takes others when one is stored', async () => {
  const ends: (() => void)[] = []
  const wait = () => new Promise<void>((resolve) => ends.push(resolve))
  const running = Array.from({ length: 20 }, () => limitStoring(wait))
  await expect(limitStoring(wait)).rejects.toMatchObject({ code: 'unavailable', retryAfter: 3 })
  expect(ends).toHaveLength(20)
  ends[0]?.()
  await running[0]
  const next = limitStoring(wait)
  for (const end of ends) end()
  await Promise.all([...running, next])
})
