import { z } from 'zod'
import type { Store } from '../shared/start-sandbox'
import { readIfThere, replaceFile, shareWrites } from '../shared/state-files'
import { dropForgottenAnswers } from './api/idempotency'
import { createSandboxState, type SandboxState } from './sandbox-state'

const shape = z.looseObject({
  version: z.literal(1),
  clockOffset: z.number(),
  answers: z.record(z.string(), z.looseObject({ savedAt: z.number() })),
  tables: z.record(z.string(), z.record(z.string(), z.looseObject({ id: z.string() }))),
})

const isState = (value: unknown): value is SandboxState => shape.safeParse(value).success

const loadState = async (file: string): Promise<SandboxState> => {
  const text = await readIfThere(file)
  if (text === undefined) return createSandboxState()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is not JSON; move it away to start with an empty Stripe sandbox.`, { cause: error })
  }
  if (!isState(value))
    throw new Error(`${file} is of another version; move it away to start with an empty Stripe sandbox.`)
  const fresh = createSandboxState()
  const answers = dropForgottenAnswers(value, Date.now())
  return { ...fresh, ...value, answers, tables: { ...fresh.tables, ...value.tables } }
}

/**
 * What an earlier run wrote, or a fresh state when there is no file. It is written whole.
 * @throws Error when the file is there but cannot be used: payments must not vanish silently.
 */
export const openStateFile = async (file: string | undefined): Promise<Store & { state: SandboxState }> => {
  if (file === undefined) {
    return { state: createSandboxState(), flush: async () => undefined, close: async () => undefined }
  }
  const state = await loadState(file)
  const flush = shareWrites(async () => {
    const written = await replaceFile(file, Buffer.from(JSON.stringify(state)))
    await written.close()
  })
  return { state, flush, close: flush }
}
