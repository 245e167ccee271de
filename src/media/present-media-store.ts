import path from 'node:path'
import { settings } from '#settings'
import { createFolderStore } from './folder-store'
import type { MediaStore } from './media-store'

let store: Promise<MediaStore> | undefined

const open = async (): Promise<MediaStore> => {
  const { s3 } = settings
  if (!s3) return mediaFolder()
  // An installation without S3 does not load what speaks to it.
  const { createS3Store } = await import('./s3-store')
  return createS3Store(s3)
}

/** The folder of MEDIA_DIR, whichever store is in use. */
export const mediaFolder = (): MediaStore => createFolderStore(path.resolve(process.cwd(), settings.mediaDir))

/** The store of this installation: the bucket of S3_BUCKET, else the folder of MEDIA_DIR. */
export const presentMediaStore = (): Promise<MediaStore> => (store ??= open())
