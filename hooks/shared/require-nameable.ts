import type { CollectionSlug, PayloadRequest } from 'payload'
import { relatedId } from '#access/related-id'
import { isStaff } from '#access/roles'
import type { NamedRecord } from '#database/read-rich-text'
import type { FieldError } from '#shared/errors'

/**
 * Pictures that a record newly names have to be public, as they are shown with it, and whoever is not staff names their own alone: the portrait of
 * somebody else is nobody's to use. What rich text names beside them must be something that the caller can read.
 * @returns what is wrong; a record that is not there is left to the check of the field.
 */
export const requireNameable = async (
  req: PayloadRequest,
  records: readonly NamedRecord[],
): Promise<readonly FieldError[]> => {
  const faults: FieldError[] = []
  const pictures = records.filter(({ slug }) => slug === 'media')
  if (pictures.length) {
    const { docs } = await req.payload.find({
      collection: 'media',
      where: { id: { in: [...new Set(pictures.map(({ id }) => id).filter(isId))].slice(0, 200) } },
      ...{ limit: 200, depth: 0, pagination: false, overrideAccess: true, req },
    })
    const found = new Map(docs.map((media) => [media.id, media]))
    for (const { path, id } of pictures) {
      const media = found.get(id)
      const isOwn = media !== undefined && req.user !== null && relatedId(media.uploadedBy) === req.user.id
      // Whether there is one is not said of what is not the caller's.
      if (!isStaff(req) && !isOwn) faults.push({ path, message: 'must be a picture that you have uploaded yourself' })
      else if (media && media.isPublic !== true) {
        faults.push({ path, message: 'must be a public picture: it is shown with this record' })
      }
    }
  }
  const others = records.filter(({ slug, path }) => slug !== 'media' && path.includes('.root.'))
  if (others.length > 50) return [...faults, { path: others[0]?.path ?? '', message: 'names more than 50 records' }]
  for (const { path, slug, id } of others) {
    if (!(await isReadable(req, slug, id))) faults.push({ path, message: 'must name a record that there is' })
  }
  return faults
}

const isId = (id: string): boolean => /^[0-9a-f-]{36}$/i.test(id)

const isReadable = async (req: PayloadRequest, slug: string, id: string): Promise<boolean> => {
  if (!Object.hasOwn(req.payload.collections, slug) || !isId(id)) return false
  const { totalDocs } = await req.payload.count({
    // The list of collections is that of the configuration, which was asked.
    collection: slug as CollectionSlug,
    where: { id: { equals: id } },
    ...{ overrideAccess: false, req },
  })
  return totalDocs > 0
}
