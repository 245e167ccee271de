import path from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { presentMediaStore } from '#media/present-media-store'
import { settings } from '#settings'
import { StartError } from '../exit-with-line'

/** Where the pictures lie, as far as backups need it. Names are those that the database has. */
export type BackedUpMedia = {
  kind: 'local' | 's3'
  /** In words, for what a command says. */
  place: string
  /** Something that changes when the file does; undefined when there is no such file. */
  mark: (name: string) => Promise<string | undefined>
  /** @throws when there is no such file. */
  read: (name: string) => Promise<Readable>
  write: (name: string, content: Readable) => Promise<void>
}

/** The store of this installation. */
export const openBackedUpMedia = async (): Promise<BackedUpMedia> => {
  const store = await presentMediaStore()
  return {
    kind: store.kind === 's3' ? 's3' : 'local',
    place: settings.s3 ? `The bucket ${settings.s3.bucket}` : path.resolve(process.cwd(), settings.mediaDir),
    mark: async (name) => (await store.sizeOf(name))?.toString(),
    read: async (name) => {
      const content = await store.open(name)
      if (!content) throw new RangeError(`There is no ${name}.`)
      return content
    },
    // What it is the database says, by which it is served.
    write: async (name, content) => store.put(name, await buffer(content), 'application/octet-stream'),
  }
}

/** A name out of a database or a manifest leads nowhere else. @throws StartError */
export const inside = (folder: string, name: string): string => {
  const file = path.resolve(folder, name)
  if (!file.startsWith(folder + path.sep)) throw new StartError(`"${name}" is no name of a file of a backup.`)
  return file
}
