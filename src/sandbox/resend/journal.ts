import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { addEmail, createSandboxState, type SandboxState, type StoredEmail } from './sandbox-state'

type Entry = { email: StoredEmail; fingerprint: string }

const toLine = (entry: Entry): string => `${JSON.stringify(entry)}\n`

/** A process that was killed while it wrote leaves half a line; that mail was never answered, so nobody counts on it. */
const parseLine = (line: string): Entry[] => {
  try {
    // The file is written by this module only.
    return [JSON.parse(line) as Entry]
  } catch {
    return []
  }
}

/** The inbox on disk: one line per mail, added when it is accepted, so that a restart (or a kill -9) keeps it. */
export type Journal = {
  load: () => SandboxState
  append: (entry: Entry) => void
  clear: () => void
}

export const openJournal = (file: string): Journal => ({
  load: () => {
    const state = createSandboxState()
    if (!existsSync(file)) return state
    const entries = readFileSync(file, 'utf8').split('\n').flatMap(parseLine)
    for (const { email, fingerprint } of entries) addEmail(state, email, fingerprint)
    // What was dropped for its age, and half lines, leave the file as well.
    const kept = new Set(state.emails.map((email) => email.id))
    writeFileSync(
      `${file}.tmp`,
      entries
        .filter(({ email }) => kept.has(email.id))
        .map(toLine)
        .join(''),
      { mode: 0o600 },
    )
    renameSync(`${file}.tmp`, file)
    return state
  },
  append: (entry) => {
    mkdirSync(path.dirname(file), { recursive: true })
    appendFileSync(file, toLine(entry), { mode: 0o600 })
  },
  clear: () => {
    if (existsSync(file)) writeFileSync(file, '', { mode: 0o600 })
  },
})
