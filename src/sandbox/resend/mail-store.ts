import { z } from 'zod'
import { openLineFile } from '../shared/line-file'
import type { Store } from '../shared/start-sandbox'
import { parseJson, shareWrites } from '../shared/state-files'
import { addEmail, createSandboxState, type SandboxState, type StoredEmail, usuallyKeptEmails } from './sandbox-state'

type Entry = { email: StoredEmail; fingerprint: string }

/** Everything that was accepted, and where it is kept. */
export type MailStore = Store & {
  state: SandboxState
  add: (email: StoredEmail, fingerprint: string) => void
  /** Forgets mails and keys. */
  clear: () => void
}

const shape = z.looseObject({ email: z.looseObject({ id: z.string() }), fingerprint: z.string() })

const isEntry = (value: unknown): value is Entry => shape.safeParse(value).success

/** Puts into the state what the lines say. @returns the lines of what was not dropped for its age. */
const load = (
  state: SandboxState,
  lines: readonly string[],
  { file, keptEmails }: { file: string; keptEmails: number },
): string[] => {
  const entries = lines.map((line, index) => {
    const entry = parseJson(line)
    if (!isEntry(entry)) {
      throw new Error(`${file} is damaged in line ${index + 1}; move it away to start with an empty Resend sandbox.`)
    }
    addEmail(state, entry, keptEmails)
    return { line, id: entry.email.id }
  })
  const kept = new Set(state.emails.map(({ id }) => id))
  return entries.filter(({ id }) => kept.has(id)).map(({ line }) => line)
}

/**
 * The inbox: in memory and, where a file is given, on disk with one line a mail, so that a restart (or a kill -9) keeps it.
 * @throws Error when the file is there but is not such a file.
 */
export const openMailStore = async (file: string | undefined, keptEmails = usuallyKeptEmails): Promise<MailStore> => {
  const state = createSandboxState()
  const disk = file === undefined ? undefined : await openLineFile(file)
  if (disk && file !== undefined) await disk.rewrite(load(state, disk.lines ?? [], { file, keptEmails }))
  let pending: string[] = []
  let isCleared = false
  const flush = shareWrites(async () => {
    if (!disk) return
    const [lines, wasCleared] = [pending, isCleared]
    pending = []
    isCleared = false
    try {
      if (wasCleared) await disk.rewrite(lines)
      else if (lines.length) await disk.append(lines)
    } catch (error) {
      // The next write tries again, unless everything was forgotten meanwhile.
      if (!isCleared) pending = [...lines, ...pending]
      isCleared ||= wasCleared
      throw error
    }
  })
  return {
    state,
    add: (email, fingerprint) => {
      addEmail(state, { email, fingerprint }, keptEmails)
      if (disk) pending.push(JSON.stringify({ email, fingerprint } satisfies Entry))
    },
    clear: () => {
      Object.assign(state, createSandboxState())
      pending = []
      isCleared = true
    },
    flush,
    close: async () => {
      await flush()
      await disk?.close()
    },
  }
}
