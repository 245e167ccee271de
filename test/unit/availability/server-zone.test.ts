import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('print-slots.ts', import.meta.url))

const answerIn = async (timeZone: string): Promise<{ hoursFromUtc: number; answers: Record<string, unknown>[] }> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, TZ: timeZone },
  })
  return JSON.parse(stdout)
}

it('answers the same whatever zone the server stands in', async () => {
  const [utc, kiritimati, santiago] = await Promise.all(['UTC', 'Pacific/Kiritimati', 'America/Santiago'].map(answerIn))
  // The processes did run in three zones.
  expect([utc, kiritimati, santiago].map((answer) => answer?.hoursFromUtc)).toEqual([0, 14, -3])
  expect(utc?.answers.map((answer) => Object.keys(answer).length).every((days) => days > 10)).toBe(true)
  expect(kiritimati?.answers).toEqual(utc?.answers)
  expect(santiago?.answers).toEqual(utc?.answers)
})
