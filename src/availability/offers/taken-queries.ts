import type { Payload, PayloadRequest } from 'payload'
import { gatherQuestions } from '#database/gather-questions'
import { preparedStatement } from '#database/prepared-statement'
import type { Connected } from '#database/transactions'
import { startPart } from '#observability/traces'
import { dayMs, iso, minuteMs } from '#shared/time'
import type { Interval } from '../types'
import type { Offer } from './offer'
import { readTaken, type TakenText } from './taken-text'

/** Which rules hold of an offer, and what is taken of its time. `version` is null when the public cannot book it. */
export type OfferNews = { version: string | null; taken: TakenText }

export type TakenQuestion = {
  offer: Offer
  window: Interval
  now: number
  ownHoldHash?: string | undefined
  exceptSlotId?: string | undefined
}

/**
 * As PostgreSQL's function `parley.taken_time` finds it: claims with their buffers, and busy times of external calendars. Holds that have run
 * out do not count, nor does the caller's own hold, nor the claim that is to be moved. A calendar that is not read any more closes its owner
 * where the settings say so (`bookableWhileStale`).
 */
const takenColumn = `CASE WHEN t.is_closed THEN NULL ELSE '[' || t.claims || ',' || t.busy || ']' END AS taken`

/**
 * $1: the questions as a list in JSON. Of lists PostgreSQL expects the same number of rows, however long they are, so that the plan that it
 * keeps is never dearer than another one. What stands in a select list of its own is looked up for each of them, by its id.
 */
const selectNews = preparedStatement<OfferNews & { n: number }>(
  'offer-states',
  `SELECT q.n::int AS n,
    (SELECT c.rules_version FROM consultant_profiles c WHERE c.id = q.consultant AND c._status = 'published' AND c.is_public)
      || ':' || (SELECT (extract(epoch FROM s.updated_at) * 1000)::bigint FROM service_types s WHERE s.id = q.service AND s.is_active)
      AS version, ${takenColumn}
  FROM ROWS FROM (json_to_recordset($1) AS (c uuid, s uuid, f float8, u float8, h text, x uuid)) WITH ORDINALITY
      AS q (consultant, service, taken_from, taken_until, own_hold, own_claim, n),
    parley.taken_time(q.consultant, to_timestamp(q.taken_from / 1000), to_timestamp(q.taken_until / 1000), $2, q.own_hold, q.own_claim) t`,
)

/** What a session of an offer that starts within a window can meet, and no more: each busy time that is read costs its part of the answer. */
const reachOf = (
  { durations, bufferBeforeMinutes, bufferAfterMinutes }: Offer,
  { start, end }: Interval,
): Interval => ({
  start: start - bufferBeforeMinutes * minuteMs,
  end: end + (Math.max(...durations) + bufferAfterMinutes) * minuteMs,
})

const write = ({ offer, window, ownHoldHash, exceptSlotId }: TakenQuestion): string => {
  const reach = reachOf(offer, window)
  return JSON.stringify({
    c: offer.consultantId,
    s: offer.serviceTypeId,
    f: reach.start,
    u: reach.end,
    h: ownHoldHash ?? '',
    x: exceptSlotId,
  })
}

const readNews = async (req: Connected, questions: readonly string[], now: number): Promise<OfferNews[]> => {
  const rows = await selectNews(req, [`[${questions.join(',')}]`, iso(now)])
  return rows.sort((a, b) => a.n - b.n)
}

const none: OfferNews = { version: null, taken: null }

/** Asks now and alone, in the transaction of `req` if it has one: for what is decided by it. */
export const findNews = async (req: PayloadRequest, question: TakenQuestion): Promise<OfferNews> => {
  const [news = none] = await readNews(req, [write(question)], question.now)
  return news
}

/** More questions than that are worth a second connection, and so are those of a statement that takes several times as long as it should. */
const together = { most: 32, patienceMs: 2 }

const gathered = new WeakMap<Payload, (question: string) => Promise<OfferNews>>()

/** Asks together with whoever asks in the same moment: for what is only shown. Holds count as they stand when the question is sent. */
export const findNewsTogether = async (req: PayloadRequest, question: TakenQuestion): Promise<OfferNews> => {
  if (req.transactionID) return findNews(req, question)
  const { payload } = req
  let ask = gathered.get(payload)
  if (!ask) {
    ask = gatherQuestions((questions) => readNews({ payload }, questions, Date.now()), together)
    gathered.set(payload, ask)
  }
  const name = 'offer-states'
  const span = startPart({
    name,
    kind: 'client',
    attributes: { 'db.system.name': 'postgresql', 'db.query.summary': name },
  })
  if (!span) return ask(write(question))
  try {
    return await ask(write(question))
  } finally {
    span.end()
  }
}

const selectTaken = preparedStatement<{ taken: TakenText }>(
  'taken-time',
  `SELECT ${takenColumn} FROM parley.taken_time($1, $2, $3, $4, '', NULL) t`,
)

/** What a session that starts within a window can meet, buffers included; longer than any of them is. */
const longestReachMs = dayMs

/** What is taken of a consultant's time between two instants (epoch ms), and a little around them. */
export const findTaken = async (
  req: PayloadRequest,
  consultantId: string,
  { window, now }: { window: Interval; now: number },
): Promise<Interval[]> => {
  const reach = { start: window.start - longestReachMs, end: window.end + longestReachMs }
  const [row] = await selectTaken(req, [consultantId, iso(reach.start), iso(reach.end), iso(now)])
  return row ? readTaken(row.taken) : []
}
