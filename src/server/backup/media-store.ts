import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { settings } from '#settings'

/** Where the pictures lie, as far as backups need it. Names are those that the database has. */
export type MediaStore = {
  kind: 'local' | 's3'
  /** In words, for what a command says. */
  place: string
  /** Something that changes when the file does; undefined when there is no such file. */
  mark: (name: string) => Promise<string | undefined>
  read: (name: string) => Promise<Readable>
  write: (name: string, content: Readable) => Promise<void>
}

/** The store of this installation. */
export const openMediaStore = async (): Promise<MediaStore> =>
  localMedia(path.resolve(process.cwd(), settings.mediaDir))

/** Pictures in a folder. */
const localMedia = (folder: string): MediaStore => ({
  kind: 'local',
  place: folder,
  mark: async (name) => {
    const found = await stat(inside(folder, name)).catch(() => undefined)
    return found?.isFile() ? `${found.size}:${found.mtimeMs}` : undefined
  },
  read: async (name) => createReadStream(inside(folder, name)),
  write: async (name, content) => {
    const file = inside(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await pipeline(content, createWriteStream(file))
  },
})

/** A name out of a database or a manifest leads nowhere else. @throws RangeError */
export const inside = (folder: string, name: string): string => {
  const file = path.resolve(folder, name)
  if (!file.startsWith(folder + path.sep)) throw new RangeError(`"${name}" is no name of a file.`)
  return file
}
