import type { Payload } from 'payload'
import { findNamesInUse } from './find-media-of-files'
import { presentMediaStore } from './present-media-store'

/**
 * Removes files from the store, but for those that a picture has.
 * @throws MediaStoreError when the store fails; those that were removed until then are gone.
 */
export const removeMediaFiles = async (payload: Payload, names: readonly string[]): Promise<void> => {
  const used = await findNamesInUse(payload, names)
  const store = await presentMediaStore()
  for (const name of names) if (!used.has(name)) await store.remove(name)
}
