import type { PayloadRequest } from 'payload'
import type { PracticeFile } from '#payload-types'

/** The open files that whoever asks may see, the newest first; at most 200. */
export const listOpenFiles = async (req: PayloadRequest): Promise<PracticeFile[]> => {
  const { docs } = await req.payload.find({
    collection: 'practice-files',
    overrideAccess: false,
    user: req.user,
    where: { status: { equals: 'open' } },
    sort: '-createdAt',
    depth: 0,
    limit: 200,
    req,
  })
  return docs
}
