import { chmod, type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'

/** What a file holds; undefined when there is none. */
export const readIfThere = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Undefined for what is no JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Replaces a file, whole and synced: a kill leaves the old one or the new one.
 * @returns the new one, open for writing.
 */
export const replaceFile = async (file: string, content: Buffer): Promise<FileHandle> => {
  await mkdir(path.dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}.tmp`
  const fresh = await open(temporary, 'w', 0o600)
  try {
    await chmod(temporary, 0o600)
    await fresh.write(content, 0, content.length, 0)
    await fresh.sync()
    await rename(temporary, file)
    return fresh
  } catch (error) {
    await fresh.close()
    throw error
  }
}

/** One write at a time; calls that come while it is under way share the next one. */
export const shareWrites = (write: () => Promise<void>): (() => Promise<void>) => {
  let current: Promise<void> | undefined
  let next: Promise<void> | undefined
  const flush = (): Promise<void> => {
    if (!current) {
      current = write().finally(() => (current = undefined))
      return current
    }
    next ??= current
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return flush()
      })
    return next
  }
  return flush
}
