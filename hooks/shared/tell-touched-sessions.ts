import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  CollectionAfterOperationHook,
  CollectionBeforeChangeHook,
  CollectionBeforeDeleteHook,
  PayloadRequest,
} from 'payload'
import { relatedId } from '#access/related-id'
import { type BookedTime, listBookedTimes } from '#availability/blocks/booked-time-queries'
import { findRules } from '#availability/offers/offer-queries'
import { computeTouchedSessions } from '#availability/rules/compute-touched-sessions'
import type { AvailabilityRules } from '#availability/types'
import { isPublishedDraft } from '#directory/published-slots/is-published-draft'
import { isChangeOfTimes } from '#directory/published-slots/is-change-of-times'
import { iso } from '#shared/time'

type Noted = { before: AvailabilityRules; sessions: BookedTime[] }

/** Whose times a record decides about, as far as it says so. */
type ConsultantsOf = (...records: unknown[]) => string[]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const distinct = (ids: readonly unknown[]): string[] => [...new Set(ids.flatMap((id) => relatedId(id) ?? []))]

const consultantsOfRecords: ConsultantsOf = (...records) =>
  distinct(records.map((record) => (isRecord(record) ? record.consultant : undefined)))

const consultantsOfProfiles: ConsultantsOf = (...records) =>
  distinct(records.map((record) => (isRecord(record) ? record.id : undefined)))

/** By record as well: of a change of many, several are written at the same time. */
const markOf = (record: string, consultantId: string): string => `rules before: ${record} ${consultantId}`

/** One that is created has no id before. */
const markedAs = (record: unknown): string => (isRecord(record) && record.id !== undefined ? String(record.id) : 'new')

/** The rules before they are written; nothing of somebody who has no sessions ahead, so that most writes cost one statement more. */
const note = async (req: PayloadRequest, record: string, consultants: readonly string[]): Promise<void> => {
  for (const consultantId of consultants) {
    req.context[markOf(record, consultantId)] = undefined
    const sessions = await listBookedTimes(req, { consultantId, now: Date.now() })
    if (!sessions.length) continue
    const before = await findRules(req, consultantId)
    if (before) req.context[markOf(record, consultantId)] = { before, sessions } satisfies Noted
  }
}

const isNoted = (value: unknown): value is Noted => isRecord(value) && 'before' in value && 'sessions' in value

const touchedSince = async (
  req: PayloadRequest,
  record: string,
  consultants: readonly string[],
): Promise<BookedTime[]> => {
  const touched: BookedTime[] = []
  for (const consultantId of consultants) {
    const noted = req.context[markOf(record, consultantId)]
    req.context[markOf(record, consultantId)] = undefined
    if (!isNoted(noted)) continue
    const after = await findRules(req, consultantId)
    if (after) touched.push(...computeTouchedSessions({ before: noted.before, after }, noted.sessions))
  }
  return touched
}

/** An answer is read by people. */
const mostNamed = 50

const warningMark = (id: unknown): string => `sessions touched by: ${String(id)}`

const keepWarning = async (
  req: PayloadRequest,
  { id, record = String(id) }: { id: unknown; record?: string },
  consultants: readonly string[],
): Promise<void> => {
  req.context[warningMark(id)] = undefined
  const touched = await touchedSince(req, record, consultants)
  if (!touched.length) return
  const sessions = touched
    .slice(0, mostNamed)
    .map(({ reference, customer, start, end }) => ({ reference, customer, startsAt: iso(start), endsAt: iso(end) }))
  const message = `${touched.length === 1 ? '1 booked session lies' : `${touched.length} booked sessions lie`} in time that is closed now. Nothing happened to them: move or cancel what cannot take place.`
  req.context[warningMark(id)] = [{ code: 'sessions_touched', message, total: touched.length, sessions }]
}

const withWarnings = (req: PayloadRequest, doc: unknown): unknown => {
  const warnings = isRecord(doc) ? req.context[warningMark(doc.id)] : undefined
  return isRecord(doc) && warnings !== undefined ? { ...doc, warnings } : doc
}

/** What hooks of a document return goes to nobody; this one gives the answer what was found out, to whoever was allowed to write it. */
const tellWarnings: CollectionAfterOperationHook = ({ operation, req, result }) => {
  if (!writing.has(operation)) return result
  const answer: unknown = result
  if (!isRecord(answer) || !Array.isArray(answer.docs)) return withWarnings(req, answer)
  return { ...answer, docs: answer.docs.map((doc: unknown) => withWarnings(req, doc)) }
}

const writing: ReadonlySet<string> = new Set([
  'create',
  'update',
  'updateByID',
  'restoreVersion',
  'delete',
  'deleteByID',
])

type Hooks = {
  beforeChange: CollectionBeforeChangeHook
  afterChange: CollectionAfterChangeHook
  beforeDelete: CollectionBeforeDeleteHook
  afterDelete: CollectionAfterDeleteHook
  afterOperation: CollectionAfterOperationHook
}

/**
 * Whoever changes times hears which booked sessions that touches, in the answer's `warnings`: nothing is cancelled by it. The admin shows the same before
 * it is saved, by the same function. @param isHeeded what of the records decides about times at all.
 */
const tellTouchedSessions = (
  consultantsOf: ConsultantsOf,
  isHeeded: (before: unknown, after: unknown) => boolean,
): Hooks => ({
  beforeChange: async ({ data, originalDoc, req }) => {
    if (isHeeded(originalDoc, data)) await note(req, markedAs(originalDoc), consultantsOf(originalDoc, data))
    return data
  },
  afterChange: ({ data, doc, operation, previousDoc, req }) =>
    keepWarning(
      req,
      { id: doc.id, ...(operation === 'create' ? { record: 'new' } : {}) },
      consultantsOf(doc, data, previousDoc),
    ),
  beforeDelete: async ({ collection: { slug }, id, req }) => {
    const stored: unknown = await req.payload.findByID({ collection: slug, id, depth: 0, disableErrors: true, req })
    if (stored && isHeeded(stored, undefined)) await note(req, String(id), consultantsOf(stored))
  },
  afterDelete: ({ id, doc, req }) => keepWarning(req, { id }, consultantsOf(doc)),
  afterOperation: tellWarnings,
})

const isComingBack = (record: unknown): boolean => isRecord(record) && record.isRecurring === true

export const sessionsTouchedByProfiles = tellTouchedSessions(
  consultantsOfProfiles,
  // A new profile has no sessions.
  (before, after) =>
    isRecord(before) &&
    isRecord(after) &&
    (isPublishedDraft(before, after) ||
      isChangeOfTimes('consultant-profiles', before, { availability: after.availability })),
)
export const sessionsTouchedBySchedules = tellTouchedSessions(
  consultantsOfRecords,
  (before, after) => !isRecord(before) || !isRecord(after) || isChangeOfTimes('availability-schedules', before, after),
)
/** A single block is refused where a session stands. */
export const sessionsTouchedByBlocks = tellTouchedSessions(
  consultantsOfRecords,
  (before, after) => isComingBack(before) || isComingBack(after),
)
