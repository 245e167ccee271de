import type { PayloadRequest } from 'payload'
import type { AvailabilitySlot } from '#payload-types'
import { ownConsultantId } from '#access/own-records'
import { relatedId } from '#access/related-id'
import {
  type ConflictingClaim,
  countRecurringBlocks,
  findConsultantZone,
  listConflictingClaims,
  lockSlotVersion,
} from './block-queries'
import { expireStaleHolds, lockConsultant } from '../claims/claim-queries'
import { computeBlock } from './compute-block'
import { decideRecurrenceFaults } from './decide-recurrence-faults'
import { decideSlotChange } from './decide-slot-change'
import { maxRecurringBlocks } from '../rules/to-rules'
import { DomainError } from '#shared/errors'
import { actorOf } from '#access/act-as'
import { minuteMs } from '#shared/time'

type SlotData = Partial<AvailabilitySlot>

const invalid = (errors: { path: string; message: string }[]) =>
  new DomainError('invalid_request', `${errors.map(({ path, message }) => `${path} ${message}`).join(', ')}.`, {
    errors,
  })

const instant = /^\d{4}-\d\d-\d\dT/

/** One spelling for values that mean the same: populated or not, empty or missing, `Z` or an offset. */
const comparable = (value: unknown): string => {
  const id = relatedId(value) ?? value
  if (typeof id === 'string' && instant.test(id)) return String(Date.parse(id))
  const isEmpty = id === undefined || id === null || id === '' || id === false || (Array.isArray(id) && id.length === 0)
  return isEmpty ? '' : JSON.stringify(id)
}

const bookkeeping: readonly string[] = ['id', 'updatedAt', 'createdAt'] satisfies (keyof AvailabilitySlot)[]

/** A form that is saved sends everything along, so what it really changes is looked for. */
const changedFields = (data: SlotData, original: AvailabilitySlot): Set<string> => {
  const before = new Map<string, unknown>(Object.entries(original))
  const changed = Object.entries(data).filter(
    ([field, value]) => !bookkeeping.includes(field) && comparable(value) !== comparable(before.get(field)),
  )
  return new Set(changed.map(([field]) => field))
}

const nameOf = ({ status, sessionReference }: ConflictingClaim): string => {
  if (sessionReference !== null) return `session ${sessionReference}`
  return status === 'blocked' ? 'another block' : 'a time that somebody is booking'
}

/**
 * What a block is stored as. It takes the time under the lock that every claim of the consultant takes, so what is in its way can
 * be named; PostgreSQL's constraint would only say that something is.
 * @throws DomainError `slot_taken`, `invalid_request`.
 */
const claimBlock = async (
  req: PayloadRequest,
  args: { data: SlotData; consultantId: string; exceptSlotId: string | null; now: number },
): Promise<Claimed> => {
  const { data, consultantId, exceptSlotId, now } = args
  const computed = computeBlock({ startsAt: data.startsAt, endsAt: data.endsAt }, now)
  if ('faults' in computed) throw invalid(computed.faults)
  const { block } = computed
  const timeZone = await findConsultantZone(req, consultantId)
  if (timeZone === undefined) throw invalid([{ path: 'consultant', message: 'does not exist' }])
  await lockConsultant(req, consultantId)
  await expireStaleHolds(req, { consultantId, occupied: block }, now)
  const conflicts = await listConflictingClaims(req, { consultantId, occupied: block, exceptSlotId, limit: 5 })
  if (conflicts.length) {
    const list = [...new Set(conflicts.map(nameOf))].join(', ')
    throw new DomainError('slot_taken', `In the way: ${list}. Move or cancel that first, or block another time.`)
  }
  const [startsAt, endsAt] = [new Date(block.start).toISOString(), new Date(block.end).toISOString()]
  return {
    consultant: consultantId,
    startsAt,
    endsAt,
    occupiedFrom: startsAt,
    occupiedUntil: endsAt,
    durationMinutes: (block.end - block.start) / minuteMs,
    timeZone,
    status: 'blocked',
    isManuallyBlocked: true,
  }
}

type Claimed = SlotData & { consultant: string; startsAt: string; endsAt: string; timeZone: string }

/**
 * How a block comes back. Its first time is a claim, and the later ones are taken by the rules: sessions that stand there already stay as they are.
 * @throws DomainError `invalid_request` for what has no meaning, which is not taken for once.
 */
const keepRecurrence = async (
  req: PayloadRequest,
  data: SlotData,
  { startsAt, endsAt, consultant, timeZone, exceptSlotId }: Claimed & { exceptSlotId: string | null },
): Promise<Pick<SlotData, 'isRecurring' | 'recurrenceRule'>> => {
  if (!data.isRecurring && !data.recurrenceRule) return {}
  const first = { start: Date.parse(startsAt), end: Date.parse(endsAt) }
  const faults = decideRecurrenceFaults(data, { first, timeZone })
  if (faults.length) throw invalid(faults)
  if ((await countRecurringBlocks(req, { consultantId: consultant, exceptSlotId })) >= maxRecurringBlocks) {
    throw invalid([{ path: 'isRecurring', message: `is true of ${maxRecurringBlocks} blocks already` }])
  }
  return { isRecurring: true, recurrenceRule: data.recurrenceRule ?? null }
}

/** What a block never is: the time of a session, or for sale. */
const noSale = {
  scheduledSession: null,
  customer: null,
  bookedAt: null,
  holdExpiresAt: null,
  holdTokenHash: null,
  claimedBy: null,
  claimedInbox: null,
  price: null,
  currency: null,
} satisfies SlotData

/**
 * Completes a slot that is made by hand: a block, which claims its time.
 * @throws DomainError `slot_taken` naming what is in the way, `illegal_transition` for anything but a block, `invalid_request`.
 */
export const prepareNewSlot = async (req: PayloadRequest, data: SlotData): Promise<SlotData> => {
  const status = data.status ?? 'blocked'
  const refusal = decideSlotChange({
    from: null,
    to: status,
    role: actorOf(req).role,
    isOfSession: relatedId(data.scheduledSession) !== undefined,
    isMoved: false,
  })
  if (refusal) throw refusal
  if (status !== 'blocked') return data
  const consultantId = relatedId(data.consultant) ?? (await ownConsultantId(req))
  if (consultantId === undefined) throw invalid([{ path: 'consultant', message: 'is required' }])
  const claimed = await claimBlock(req, { data, consultantId, exceptSlotId: null, now: Date.now() })
  const recurrence = await keepRecurrence(req, data, { ...claimed, exceptSlotId: null })
  return { ...data, ...noSale, ...claimed, ...recurrence }
}

/** `payload.update` read the document before this hook; had somebody changed it since, their change would be written over. */
const refuseStale = async (req: PayloadRequest, original: AvailabilitySlot): Promise<void> => {
  if ((await lockSlotVersion(req, original.id)) === Date.parse(original.updatedAt)) return
  throw new DomainError('conflict', 'The slot was changed by somebody else meanwhile. Load it again.')
}

/**
 * The gate of every change of a slot by hand: blocks are moved, described and released; everything else follows its rules or its
 * session.
 * @throws DomainError `slot_taken`, `illegal_transition` saying what to change instead, `invalid_request`.
 */
export const prepareSlotChange = async (
  req: PayloadRequest,
  data: SlotData,
  original: AvailabilitySlot,
): Promise<SlotData> => {
  const changed = changedFields(data, original)
  if (!changed.size) return data
  await refuseStale(req, original)
  const to = data.status ?? original.status
  const isMoved = ['startsAt', 'endsAt', 'consultant'].some((field) => changed.has(field))
  const refusal = decideSlotChange({
    from: original.status,
    to,
    role: actorOf(req).role,
    isOfSession: relatedId(original.scheduledSession) !== undefined,
    isMoved,
  })
  if (refusal) throw refusal
  const written: SlotData = { ...original, ...data }
  // The form hides the rule of a block that does not come back any more, and sends it along.
  if (changed.has('isRecurring') && !written.isRecurring && !changed.has('recurrenceRule'))
    written.recurrenceRule = null
  const kept: SlotData = {
    ...data,
    recurrenceRule: written.recurrenceRule ?? null,
    ...noSale,
    occupiedFrom: original.occupiedFrom ?? null,
    occupiedUntil: original.occupiedUntil ?? null,
    durationMinutes: original.durationMinutes ?? null,
    timeZone: original.timeZone ?? null,
    isManuallyBlocked: true,
  }
  const consultantId = relatedId(data.consultant) ?? relatedId(original.consultant)
  if (consultantId === undefined) return kept
  const exceptSlotId = original.id
  const comesBackAnew = changed.has('isRecurring') || changed.has('recurrenceRule')
  if (!isMoved && !comesBackAnew) return kept
  const claimed = isMoved
    ? await claimBlock(req, { data: written, consultantId, exceptSlotId, now: Date.now() })
    : await claimedBefore(req, { ...original, consultant: consultantId })
  return { ...kept, ...claimed, ...(await keepRecurrence(req, written, { ...claimed, exceptSlotId })) }
}

/** The time that a block has already, under the lock of whoever counts blocks. */
const claimedBefore = async (
  req: PayloadRequest,
  { consultant, startsAt, endsAt, timeZone }: AvailabilitySlot & { consultant: string },
): Promise<Claimed> => {
  await lockConsultant(req, consultant)
  return { consultant, startsAt, endsAt, timeZone: timeZone ?? 'UTC' }
}
