import { randomBytes } from 'node:crypto'
import type { CollectionBeforeChangeHook } from 'payload'
import type { Media } from '#payload-types'
import { computeMediaNames } from '#media/compute-media-names'

/** A new file, and one that was cut anew, has a name that no other content has or will have: caches may keep it for good. */
export const giveOwnName: CollectionBeforeChangeHook<Media> = ({ data, operation, req }) => {
  if ((operation === 'update' && !req.file) || !data.filename) return data
  const names = computeMediaNames(data, randomBytes(8).toString('hex'))
  const sizes = Object.fromEntries(
    Object.entries(data.sizes ?? {}).map(([size, file]) => [size, { ...file, filename: names.sizes[size] ?? null }]),
  )
  return { ...data, filename: names.filename, ...(data.sizes ? { sizes } : {}) }
}
