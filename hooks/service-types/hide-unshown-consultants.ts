import type { FieldHook, PayloadRequest } from 'payload'
import { ownConsultantId } from '#access/own-records'
import { relatedId } from '#access/related-id'
import { isStaff } from '#access/roles'
import { findShownConsultants } from '#directory/profile-queries'

/** Whoever is not published yet, or not any more, is nobody to those who are not staff: not even an id in a list. */
export const hideUnshownConsultants: FieldHook = async ({ value, overrideAccess, req }): Promise<unknown> => {
  if (overrideAccess || isStaff(req) || !Array.isArray(value) || !value.length) return value as unknown
  const ids = value.flatMap((one: unknown) => relatedId(one) ?? [])
  const [shown, own] = await Promise.all([shownAmong(req, ids), ownConsultantId(req)])
  return value.filter((one: unknown) => {
    const id = relatedId(one)
    return id !== undefined && (shown.has(id) || id === own)
  })
}

type Batch = { ids: Set<string>; answer: Promise<ReadonlySet<string>> }

/** The records of a list are read at the same time, and asked for together. */
const shownAmong = (req: PayloadRequest, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const { context } = req
  const open = context.consultantsToShow as Batch | undefined
  if (open) {
    for (const id of ids) open.ids.add(id)
    return open.answer
  }
  const asked = new Set(ids)
  const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    delete context.consultantsToShow
    return findShownConsultants(req, [...asked])
  })
  context.consultantsToShow = { ids: asked, answer } satisfies Batch
  return answer
}
