import { chmod, mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** What a key of a table became; null = it is gone. */
export type JournalEntry = readonly [table: string, key: string, row: object | null]

const entryShape = z.tuple([z.string(), z.string(), z.record(z.string(), z.unknown()).nullable()])
const headShape = z.strictObject({ sandbox: z.string(), version: z.literal(1) })

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The last row of every key, in the order in which the keys first came. */
const readEntries = (text: string, { file, name }: { file: string; name: string }): JournalEntry[] => {
  const lines = text.split('\n')
  // A process that was killed while it wrote leaves half a line. That change was never answered, so nobody counts on it.
  lines.pop()
  const unusable = `move it away to start with an empty ${name} sandbox.`
  const head = headShape.safeParse(parseJson(lines.shift() ?? ''))
  if (!head.success || head.data.sandbox !== name) {
    throw new Error(`${file} is no state of a ${name} sandbox, or of another version; ${unusable}`)
  }
  const rows = new Map<string, JournalEntry>()
  for (const [index, line] of lines.entries()) {
    const entry = entryShape.safeParse(parseJson(line))
    if (!entry.success) throw new Error(`${file} is damaged in line ${index + 2}; ${unusable}`)
    const [table, key, row] = entry.data
    const slot = `${table}/${key}`
    if (row === null) rows.delete(slot)
    else rows.set(slot, [table, key, row])
  }
  return [...rows.values()]
}

const toText = (entries: readonly JournalEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')

/**
 * A file with one line per change, synced before a write counts as done.
 * @throws Error when the file is there but is not such a file.
 */
export const openJournal = async ({ file, name }: { file: string; name: string }) => {
  let text: string | undefined
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const entries = text === undefined ? [] : readEntries(text, { file, name })
  let handle: FileHandle | undefined
  let lines = 0
  /** Where the last whole line ends: what a failed write left behind it is overwritten. */
  let length = 0

  return {
    entries,
    lines: (): number => lines,
    append: async (changes: readonly JournalEntry[]): Promise<void> => {
      if (!handle) throw new Error(`${file} is closed.`)
      const bytes = Buffer.from(toText(changes))
      await handle.write(bytes, 0, bytes.length, length)
      await handle.datasync()
      length += bytes.length
      lines += changes.length
    },
    /** Replaces the file by one that holds these rows alone. */
    rewrite: async (rows: readonly JournalEntry[]): Promise<void> => {
      await mkdir(path.dirname(file), { recursive: true })
      const temporary = `${file}.${process.pid}.tmp`
      const bytes = Buffer.from(`${JSON.stringify({ sandbox: name, version: 1 })}\n${toText(rows)}`)
      const fresh = await open(temporary, 'w', 0o600)
      try {
        await chmod(temporary, 0o600)
        await fresh.write(bytes, 0, bytes.length, 0)
        await fresh.sync()
        await rename(temporary, file)
      } catch (error) {
        await fresh.close()
        throw error
      }
      await handle?.close()
      handle = fresh
      length = bytes.length
      lines = rows.length
    },
    close: async (): Promise<void> => {
      await handle?.close()
      handle = undefined
    },
  }
}
