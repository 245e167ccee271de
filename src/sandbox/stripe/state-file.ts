import { readFile } from 'node:fs/promises'
import { filePersistence } from 'emulate'
import { z } from 'zod'
import { dropForgottenAnswers } from './api/idempotency'
import { createSandboxState, type SandboxState } from './sandbox-state'

const shape = z.looseObject({
  version: z.literal(1),
  clockOffset: z.number(),
  answers: z.record(z.string(), z.looseObject({ savedAt: z.number() })),
  tables: z.record(z.string(), z.record(z.string(), z.looseObject({ id: z.string() }))),
})

const isState = (value: unknown): value is SandboxState => shape.safeParse(value).success

/**
 * What an earlier run wrote, or a fresh state when there is no file.
 * @throws Error when the file is there but cannot be used: payments must not vanish silently.
 */
export const loadState = async (path: string): Promise<SandboxState> => {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return createSandboxState()
    throw error
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`${path} is not JSON; move it away to start with an empty Stripe sandbox.`, { cause: error })
  }
  if (!isState(value))
    throw new Error(`${path} is of another version; move it away to start with an empty Stripe sandbox.`)
  const fresh = createSandboxState()
  const answers = dropForgottenAnswers(value, Date.now())
  return { ...fresh, ...value, answers, tables: { ...fresh.tables, ...value.tables } }
}

/**
 * Writes the state to a file, whole and synced, before the returned promise resolves. Calls that come while it is being
 * written share the next write.
 */
export const createStateWriter = (path: string, state: () => SandboxState): (() => Promise<void>) => {
  const file = filePersistence(path)
  let current: Promise<void> | undefined
  let next: Promise<void> | undefined
  const write = async (): Promise<void> => file.save(JSON.stringify(state()))
  return () => {
    if (!current) {
      current = write().finally(() => (current = undefined))
      return current
    }
    next ??= current
      .catch(() => undefined)
      .then(() => {
        next = undefined
        current = write().finally(() => (current = undefined))
        return current
      })
    return next
  }
}
