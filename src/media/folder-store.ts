import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { filesOfPage, type MediaStore, MediaStoreError, type StoredFile } from './media-store'

/** What is being written has this ending until it is whole. */
const unfinished = '.part'

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk quota is used up.',
  EFBIG: 'The file is larger than files may be here.',
  EROFS: 'The disk is read-only.',
  EACCES: 'This process may not use the folder of media.',
  EPERM: 'This process may not use the folder of media.',
}

const fail = (error: unknown): never => {
  const code = codeOf(error)
  const reason = (code !== undefined && reasons[code]) || `The folder of media fails (${code ?? 'no code'}).`
  throw new MediaStoreError(reason, { cause: error })
}

/** `run`, or undefined where there is no such file. */
const unlessMissing = async <T>(run: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await run()
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : fail(error)
  }
}

/** Media in a folder of this machine, or of one that all processes share. */
export const createFolderStore = (folder: string): MediaStore => {
  const pathOf = (name: string): string => {
    if (path.basename(name) !== name || name === '.' || name === '..' || name.includes('\0')) {
      throw new MediaStoreError('That is no name of a file.')
    }
    return path.join(folder, name)
  }

  const write = async (to: string, content: Buffer): Promise<void> => {
    const file = await open(to, 'wx')
    try {
      await file.writeFile(content)
      // A file that has its name is whole, after a loss of power as well.
      await file.sync()
    } finally {
      await file.close()
    }
  }

  const describe = async (name: string): Promise<StoredFile | undefined> => {
    const found = await unlessMissing(() => stat(pathOf(name)))
    return found?.isFile() ? { name, size: found.size, modifiedAt: found.mtimeMs } : undefined
  }

  return {
    kind: 'folder',
    put: async (name, content) => {
      const to = pathOf(name)
      const partial = `${to}.${randomBytes(6).toString('hex')}${unfinished}`
      try {
        await mkdir(folder, { recursive: true })
        await write(partial, content)
        await rename(partial, to)
      } catch (error) {
        await rm(partial, { force: true }).catch(() => undefined)
        fail(error)
      }
    },
    open: async (name, range) => {
      const from = pathOf(name)
      return unlessMissing(async () => {
        const file = await open(from, 'r')
        return createReadStream(from, { fd: file, autoClose: true, ...range })
      })
    },
    sizeOf: async (name) => (await describe(name))?.size,
    remove: async (name) => {
      const gone = pathOf(name)
      await rm(gone, { force: true }).catch(fail)
    },
    list: async (after = '') => {
      const entries = (await unlessMissing(() => readdir(folder, { withFileTypes: true }))) ?? []
      const names = entries.flatMap((entry) => (entry.isFile() && entry.name > after ? [entry.name] : [])).sort()
      const page = names.slice(0, filesOfPage)
      const files = await Promise.all(page.map(describe))
      return {
        files: files.filter((file) => file !== undefined),
        next: names.length > page.length ? page.at(-1) : undefined,
      }
    },
  }
}
