import type { Readable } from 'node:stream'

/** Bytes from `start` to `end`, both of them included. */
export type ByteRange = { start: number; end: number }

/** A file as a store lists it. `modifiedAt` in epoch milliseconds. */
export type StoredFile = { name: string; size: number; modifiedAt: number }

/**
 * Where the files of pictures lie. A name is never given to other content, so a file is written once and never changed.
 * Every method throws `MediaStoreError` and nothing else.
 */
export type MediaStore = {
  kind: 'folder' | 's3'
  /** Stores a file, whole or not at all, but for a process that is killed or an answer that is lost. */
  put: (name: string, content: Buffer, contentType: string) => Promise<void>
  /** The content of a file, or a part of it; undefined: there is no such file. */
  open: (name: string, range?: ByteRange) => Promise<Readable | undefined>
  /** How many bytes a file has; undefined: there is no such file. */
  sizeOf: (name: string) => Promise<number | undefined>
  /** What is not there counts as removed. */
  remove: (name: string) => Promise<void>
  /** The files whose names come after `after`, in the order of their names. `next`: where the list goes on. */
  list: (after?: string) => Promise<{ files: StoredFile[]; next: string | undefined }>
}

/** A file could not be stored, read or removed. The message is in words, without secrets. */
export class MediaStoreError extends Error {
  override readonly name = 'MediaStoreError'
}

/** At most so many files are listed at once. */
export const filesOfPage = 1_000
