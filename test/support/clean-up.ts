import { afterAll, vi } from 'vitest'

type CleanUp = () => Promise<unknown> | unknown

const pending: CleanUp[] = []

/** Runs `cleanUp` after the last test of this file, the latest first. */
export const cleanUpLater = (cleanUp: CleanUp): void => {
  pending.push(cleanUp)
}

/** The first failure is reported, after everything else has been cleaned up. */
afterAll(async () => {
  const failures: unknown[] = []
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  for (let next = pending.pop(); next; next = pending.pop()) {
    try {
      await next()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length) throw failures[0]
})
