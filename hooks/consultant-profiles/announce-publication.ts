import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'
import type { ConsultantProfile } from '#payload-types'
import { announce } from '#events/announce'
import { isProfileShown } from '#directory/profile-queries'

const contextKey = 'shownProfiles'

const shownBefore = ({ context }: PayloadRequest): Map<string, boolean> => {
  const known: unknown = context[contextKey]
  if (known instanceof Map) return known
  const fresh = new Map<string, boolean>()
  context[contextKey] = fresh
  return fresh
}

/** Leaves word, before a profile is written, of whether it was shown. The live row says so: the document can be a draft. */
export const noteWhetherShown = (req: PayloadRequest, id: string, isShown: boolean): void => {
  shownBefore(req).set(id, isShown)
}

/** A profile that appears or disappears; what a draft says is not so yet. */
export const announcePublication: CollectionAfterChangeHook<ConsultantProfile> = async ({ doc, operation, req }) => {
  const { id: consultantId, rulesVersion } = doc
  const wasShown = operation === 'update' && shownBefore(req).get(consultantId) === true
  const isShown = await isProfileShown(req, consultantId)
  if (isShown === wasShown) return doc
  await announce(req, isShown ? 'consultant.published' : 'consultant.unpublished', { consultantId }, rulesVersion ?? 0)
  return doc
}

export const announceRemoval: CollectionAfterDeleteHook<ConsultantProfile> = async ({ doc, req }) => {
  if (doc._status !== 'published' || !doc.isPublic) return
  await announce(req, 'consultant.unpublished', { consultantId: doc.id }, 'deleted')
}
