import type { PayloadRequest, Where } from 'payload'
import { ownConsultantId } from '#access/own-records'
import { isStaff } from '#access/roles'
import { countLists, type RecordList } from '#database/count-lists'
import { countWork } from '../work/list-work'
import { waitingLists, type WaitingKind } from './waiting-lists'

/** Beyond that many of one kind nobody counts. */
export const mostWaiting = 1_000

export type Waiting = { kind: WaitingKind; count: number; list: RecordList }
export type StuckCount = { kind: string; label: string; count: number }

// Object.keys gives string[]; the table's keys are exactly the kinds.
const kinds = Object.keys(waitingLists) as WaitingKind[]

/** What a consultant has booked of others as a customer waits for them as well, but is none of their work. */
const ofConsultant = ({ collection, where }: RecordList, consultantId: string): RecordList => {
  const field = collection === 'consultation-requests' ? 'assignedConsultant' : 'consultant'
  return { collection, where: { and: [where, { [field]: { equals: consultantId } }] } }
}

/** Lists as whoever looks works on them: of staff all there is, of a consultant what they are the consultant of; of others nothing. */
export const narrowLists = async (
  req: PayloadRequest,
  lists: readonly RecordList[],
): Promise<readonly RecordList[]> => {
  if (isStaff(req)) return lists
  const consultantId = await ownConsultantId(req)
  return consultantId === undefined ? [] : lists.map((list) => ofConsultant(list, consultantId))
}

/**
 * What waits for somebody: of staff everything, of a consultant what is theirs; only what there is. Two statements.
 * @param now epoch milliseconds.
 */
export const readWaiting = async (
  req: PayloadRequest,
  now: number,
): Promise<{ waiting: Waiting[]; stuck: StuckCount[] }> => {
  const reader = isStaff(req) ? 'staff' : 'consultant'
  const shown = kinds.filter((kind) => waitingLists[kind].shownTo.some((one) => one === reader))
  const lists = await narrowLists(
    req,
    shown.map((kind) => waitingLists[kind].list(now)),
  )
  const counts = await countLists(req, lists, { most: mostWaiting })
  const waiting = shown.flatMap((kind, place): Waiting[] => {
    const [count = 0, list] = [counts[place], lists[place]]
    return count && list ? [{ kind, count, list }] : []
  })
  return { waiting, stuck: reader === 'staff' ? sumByKind(await countWork(req)) : [] }
}

const sumByKind = (counts: Awaited<ReturnType<typeof countWork>>): StuckCount[] => {
  const sums = new Map<string, StuckCount>()
  for (const { kind, label, count } of counts) {
    sums.set(kind, { kind, label, count: count + (sums.get(kind)?.count ?? 0) })
  }
  return [...sums.values()]
}

/** Sessions that are agreed and begin within so many milliseconds. */
export const sessionsWithin = (now: number, ms: number): RecordList => ({
  collection: 'scheduled-sessions',
  where: {
    and: [
      { status: { equals: 'scheduled' } },
      ...([
        { startsAt: { greater_than: new Date(now).toISOString() } },
        { startsAt: { less_than: new Date(now + ms).toISOString() } },
      ] satisfies Where[]),
    ],
  },
})
