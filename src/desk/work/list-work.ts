import type { CollectionSlug, PayloadRequest, Where } from 'payload'
import type { RecordLink } from '#outbox/stuck-work'
import { isUuid } from '#shared/ids'
import { safeLine } from '#shared/safe-line'
import { providerLabel } from '../health/list-providers'
import { stuckKinds } from './all-stuck-work'
import { decideWorkWords } from './decide-work-words'
import {
  countStuckWork,
  type Decision,
  findStuckWork,
  listGivenUp,
  listStuckWork,
  type WorkCount,
  type WorkCursor,
  type WorkFilter,
  type WorkRow,
} from './work-queries'

export const workPageSize = 25

/** What can be done with it: what follows, or why it cannot be done. */
export type WorkAction = { isAllowed: boolean; text: string }

/** A piece of stuck work in words. Instants are epoch milliseconds. */
export type WorkView = {
  kind: string
  kindLabel: string
  id: string
  title: string
  provider: { name: string; label: string } | null
  records: { collection: CollectionSlug; id: string; title: string }[]
  since: number
  tries: number
  nextAt: number | null
  isOver: boolean
  why: string
  hint: string | null
  /** The first line of what was noted, without what is nobody's business. */
  noted: string | null
  /** Null: there is nothing left of it to do anything with. */
  actions: { tryAgain: WorkAction; giveUp: WorkAction } | null
  givenUp: { reason: string; by: string | null; at: number } | null
}

export type WorkPage = { work: WorkView[]; next: string | null }

export type WorkQuestion = {
  kind?: string | undefined
  provider?: string | undefined
  search?: string | undefined
  cursor?: string | undefined
  isGivenUp: boolean
}

/** Records in which a search by reference looks, and the fields that say it whole. */
const searched = {
  'scheduled-sessions': ['reference'],
  'consultation-requests': ['reference'],
  payments: ['reference'],
  refunds: ['reference'],
  disputes: ['reference'],
  transfers: ['reference'],
  'stripe-events': ['eventId'],
  customers: ['email', 'name'],
  users: ['email', 'name'],
  'consultant-profiles': ['slug', 'name'],
} as const satisfies Partial<Record<CollectionSlug, readonly string[]>>

const mostFound = 50

/** Ids of the records that are called so, among those that the caller may see. */
const findRecords = async (req: PayloadRequest, search: string): Promise<string[]> => {
  const found: string[] = []
  for (const [collection, fields] of Object.entries(searched)) {
    const where: Where = {
      or: fields.map((field) => ({ [field]: { equals: field === 'reference' ? search.toUpperCase() : search } })),
    }
    const { docs } = await req.payload.find({
      // Object.entries gives string; the table's keys are slugs.
      collection: collection as CollectionSlug,
      where,
      limit: mostFound,
      depth: 0,
      pagination: false,
      select: {},
      req,
      overrideAccess: false,
    })
    found.push(...docs.map(({ id }) => String(id)))
  }
  return found
}

const filterOf = async (req: PayloadRequest, { kind, provider, search }: WorkQuestion): Promise<WorkFilter> => ({
  kind,
  provider,
  ...(search === undefined ? {} : { text: search, about: [...(await findRecords(req, search)), search] }),
})

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** The titles of records, as the admin has them; of those that are gone there is none. */
const findTitles = async (req: PayloadRequest, links: readonly RecordLink[]): Promise<Map<string, string>> => {
  const titles = new Map<string, string>()
  for (const collection of new Set(links.map((link) => link.collection))) {
    const { useAsTitle = 'id' } = req.payload.collections[collection].config.admin
    // A job may name anything, and PostgreSQL refuses the whole question for one id that is none.
    const ids = [
      ...new Set(links.flatMap(({ id, ...link }) => (link.collection === collection && isUuid(id) ? [id] : []))),
    ]
    if (!ids.length) continue
    const { docs } = await req.payload.find({
      collection,
      where: { id: { in: ids } },
      limit: ids.length,
      depth: 0,
      pagination: false,
      req,
      overrideAccess: false,
    })
    for (const doc of docs) {
      const title = (doc as unknown as Record<string, unknown>)[useAsTitle]
      titles.set(`${collection} ${doc.id}`, isText(title) ? title : String(doc.id))
    }
  }
  return titles
}

const actionOf = (kind: string, name: 'tryAgain' | 'giveUp', row: WorkRow): WorkAction => {
  const mending = stuckKinds.get(kind)?.[name]
  const refusal = mending?.refuses?.(row)
  return { isAllowed: mending !== undefined && refusal === undefined, text: refusal ?? mending?.follows(row) ?? '' }
}

const present = (row: WorkRow, titles: ReadonlyMap<string, string>): WorkView => {
  const { kind, id, what, since, tries, nextAt, isOver, error } = row
  const provider = row.provider === null ? null : { name: row.provider, label: providerLabel(row.provider) }
  return {
    kind,
    kindLabel: stuckKinds.get(kind)?.label ?? kind,
    id,
    title: stuckKinds.get(kind)?.title(what) ?? what,
    provider,
    records: row.about.flatMap((link) => {
      const title = titles.get(`${link.collection} ${link.id}`)
      return title === undefined ? [] : [{ ...link, title }]
    }),
    since,
    tries,
    nextAt,
    isOver,
    ...decideWorkWords({ error, provider, tries }),
    noted: error === null ? null : safeLine(error),
    actions: { tryAgain: actionOf(kind, 'tryAgain', row), giveUp: actionOf(kind, 'giveUp', row) },
    givenUp: null,
  }
}

const writeCursor = (parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url')

/** What no cursor of ours says is the first page. */
const readCursor = (cursor: string | undefined): unknown[] => {
  if (cursor === undefined) return []
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}

const afterOf = (cursor: string | undefined): WorkCursor | undefined => {
  const [since, kind, id] = readCursor(cursor)
  return Number.isSafeInteger(since) && isText(kind) && isText(id) ? { since: since as number, kind, id } : undefined
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const afterDecision = (cursor: string | undefined): { decidedAt: number; id: string } | undefined => {
  const [decidedAt, id] = readCursor(cursor)
  return Number.isSafeInteger(decidedAt) && isText(id) && uuid.test(id)
    ? { decidedAt: decidedAt as number, id }
    : undefined
}

/** One more than a page is read, so that it is known whether there is another. */
const cut = <Row>(
  rows: readonly Row[],
  cursorOf: (row: Row) => string,
): { rows: readonly Row[]; next: string | null } => {
  const page = rows.slice(0, workPageSize)
  const last = page.at(-1)
  return { rows: page, next: rows.length > workPageSize && last ? cursorOf(last) : null }
}

const linksOf = (rows: readonly WorkRow[]): RecordLink[] => rows.flatMap(({ about }) => about)

const listStuck = async (req: PayloadRequest, question: WorkQuestion): Promise<WorkPage> => {
  const filter = await filterOf(req, question)
  const found = await listStuckWork(req, stuckKinds, {
    filter,
    after: afterOf(question.cursor),
    limit: workPageSize + 1,
  })
  const { rows, next } = cut(found, ({ since, kind, id }) => writeCursor([Math.floor(since), kind, id]))
  const titles = await findTitles(req, linksOf(rows))
  return { work: rows.map((row) => present(row, titles)), next }
}

const presentGivenUp = (
  { kind, workId, reason, decidedBy, decidedAt, work }: Decision,
  { titles, live }: { titles: ReadonlyMap<string, string>; live: WorkRow | undefined },
): WorkView => {
  const view = present(live ?? { ...work, kind, id: workId }, titles)
  return {
    ...view,
    actions:
      live && view.actions ? { ...view.actions, giveUp: { isAllowed: false, text: 'It is given up already.' } } : null,
    givenUp: { reason, by: decidedBy === null ? null : (titles.get(`users ${decidedBy}`) ?? null), at: decidedAt },
  }
}

const listDecided = async (req: PayloadRequest, question: WorkQuestion): Promise<WorkPage> => {
  const filter = await filterOf(req, question)
  const found = await listGivenUp(req, { filter, after: afterDecision(question.cursor), limit: workPageSize + 1 })
  const { rows, next } = cut(found, ({ decidedAt, id }) => writeCursor([Math.floor(decidedAt), id]))
  const live = await findStuckWork(
    req,
    stuckKinds,
    rows.map(({ kind, workId }) => ({ kind, id: workId })),
  )
  const people = rows.flatMap(({ decidedBy }): RecordLink[] =>
    decidedBy === null ? [] : [{ collection: 'users', id: decidedBy }],
  )
  const titles = await findTitles(req, [...rows.flatMap(({ work }) => work.about), ...linksOf(live), ...people])
  return {
    work: rows.map((row) =>
      presentGivenUp(row, { titles, live: live.find(({ kind, id }) => kind === row.kind && id === row.workId) }),
    ),
    next,
  }
}

/** A page of what failed or waits too long, longest first; or of what was given up, latest first. As the caller may see it. */
export const listWork = (req: PayloadRequest, question: WorkQuestion): Promise<WorkPage> =>
  question.isGivenUp ? listDecided(req, question) : listStuck(req, question)

/** How much is stuck, by kind and provider; at most `mostCounted` of each kind. */
export const countWork = async (req: PayloadRequest): Promise<(WorkCount & { label: string })[]> => {
  const counts = await countStuckWork(req, stuckKinds)
  return counts.map((one) => ({ ...one, label: stuckKinds.get(one.kind)?.label ?? one.kind }))
}
