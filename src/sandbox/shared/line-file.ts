import type { FileHandle } from 'node:fs/promises'
import { readIfThere, replaceFile } from './state-files'

type LineFile = {
  /** What was there when it was opened; undefined where there was no file. */
  lines: readonly string[] | undefined
  /** How many there are by now. */
  count: () => number
  /** Adds lines, synced before it counts as done. */
  append: (lines: readonly string[]) => Promise<void>
  /** Replaces the file by one that holds these lines alone. It has to be the first thing that is written. */
  rewrite: (lines: readonly string[]) => Promise<void>
  close: () => Promise<void>
}

const toBytes = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''))

/** A file of one line a change. */
export const openLineFile = async (file: string): Promise<LineFile> => {
  // A process that was killed while it wrote leaves half a line. That change was never answered, so nobody counts on it.
  const lines = (await readIfThere(file))?.split('\n').slice(0, -1)
  let handle: FileHandle | undefined
  let count = 0
  /** Where the last whole line ends: what a failed write left behind it is overwritten. */
  let length = 0
  return {
    lines,
    count: () => count,
    append: async (added) => {
      if (!handle) throw new Error(`${file} is closed.`)
      const bytes = toBytes(added)
      await handle.write(bytes, 0, bytes.length, length)
      await handle.datasync()
      length += bytes.length
      count += added.length
    },
    rewrite: async (all) => {
      const bytes = toBytes(all)
      const fresh = await replaceFile(file, bytes)
      await handle?.close()
      handle = fresh
      length = bytes.length
      count = all.length
    },
    close: async () => {
      await handle?.close()
      handle = undefined
    },
  }
}
