import { z } from 'zod'
import { openLineFile } from './line-file'
import { parseJson } from './state-files'

/** What a key of a table became; null = it is gone. */
export type JournalEntry = readonly [table: string, key: string, row: object | null]

const entryShape = z.tuple([z.string(), z.string(), z.record(z.string(), z.unknown()).nullable()])
const headShape = z.strictObject({ sandbox: z.string(), version: z.literal(1) })

/** The last row of every key, in the order in which the keys first came. */
const readEntries = (
  [first = '', ...lines]: readonly string[],
  { file, name }: { file: string; name: string },
): JournalEntry[] => {
  const unusable = `move it away to start with an empty ${name} sandbox.`
  const head = headShape.safeParse(parseJson(first))
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

const toLines = (entries: readonly JournalEntry[]): string[] => entries.map((entry) => JSON.stringify(entry))

/**
 * A file with one line per change, synced before a write counts as done.
 * @throws Error when the file is there but is not such a file.
 */
export const openJournal = async ({ file, name }: { file: string; name: string }) => {
  const lineFile = await openLineFile(file)
  return {
    entries: lineFile.lines ? readEntries(lineFile.lines, { file, name }) : [],
    lines: lineFile.count,
    append: (changes: readonly JournalEntry[]): Promise<void> => lineFile.append(toLines(changes)),
    /** Replaces the file by one that holds these rows alone. */
    rewrite: (rows: readonly JournalEntry[]): Promise<void> =>
      lineFile.rewrite([JSON.stringify({ sandbox: name, version: 1 }), ...toLines(rows)]),
    close: lineFile.close,
  }
}
