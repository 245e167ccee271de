import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { FileSum } from './manifest'

/** How many bytes come out of a stream and their SHA-256; read piece by piece. @param name as the manifest calls it. */
export const sumStream = async (content: Readable, name: string): Promise<FileSum> => {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { name, bytes, sha256: hash.digest('hex') }
}

/** The same of a file. */
export const sumFile = (file: string, name: string): Promise<FileSum> => sumStream(createReadStream(file), name)
