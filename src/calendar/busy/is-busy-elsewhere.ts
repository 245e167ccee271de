import type { Payload, PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { type BusyInterval, computeBusyTime } from './compute-busy-time'
import { calendarProvidersWith } from '../calendar-providers'
import { withCalendarAccess } from '../connections/with-calendar-access'
import { type LiveAccount, listLiveAccounts, listOwnEventIds } from './live-check-queries'
import { syncCalendarJob } from './sync-calendar-job'

/** Somebody waits for the answer; what is not known by then is what was known before. */
const patienceMs = 1_500

/** So many events of one window are looked at. */
const mostEvents = 250

const isBusyIn = async (payload: Payload, account: LiveAccount, window: BusyInterval): Promise<boolean> =>
  withCalendarAccess(
    payload,
    account.connectionId,
    async ({ events, freeBusy }, caller) => {
      const ofEvents = account.events.map(async (calendarId) => {
        const cursor = { from: window.start, until: window.end, page: null }
        const page = await events?.readPage(caller, calendarId, cursor, mostEvents)
        const busy = (page?.events ?? []).flatMap((event) => {
          const time = computeBusyTime(event, page?.timeZone ?? 'UTC')
          return time && time.start < window.end && time.end > window.start ? [event.id] : []
        })
        const own = await listOwnEventIds(payload, account.connectionId, busy)
        return busy.some((id) => !own.has(id))
      })
      const ofOthers =
        freeBusy && account.freeBusy.length
          ? freeBusy
              .read(caller, account.freeBusy.slice(0, freeBusy.mostCalendars), window)
              .then((answer) => [...answer.values()].some((busy) => !('error' in busy) && busy.length > 0))
          : Promise.resolve(false)
      return (await Promise.all([...ofEvents, ofOthers])).includes(true)
    },
    { timeoutMs: patienceMs },
  )

const afterPatience = (): Promise<false> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(false), patienceMs).unref()
  })

/**
 * Asks the calendars of a consultant once more, just before a time of theirs is held: at most 1.5 seconds, outside of every transaction.
 * @param window epoch ms.
 * @returns true only when one of them says busy; where none answers in time, what was read before decides alone. Never throws.
 */
export const isBusyElsewhere = async (
  req: PayloadRequest,
  consultantId: string,
  window: BusyInterval,
): Promise<boolean> => {
  const { payload } = req
  const accounts = await listLiveAccounts(
    req,
    consultantId,
    calendarProvidersWith(({ isAskedLive }) => isAskedLive),
  )
  if (!accounts.length) return false
  const answers = accounts.map(async (account) => {
    const isBusy = await isBusyIn(payload, account, window)
    // What was stored of it is out of date.
    if (isBusy) await withTransaction(payload, (tx) => enqueue(tx, ...account.ids.map((id) => syncCalendarJob(id))))
    return isBusy
  })
  const asked = Promise.all(
    answers.map((answer) =>
      answer.catch((err: unknown) => {
        payload.logger.warn({ err, msg: 'A calendar did not say whether a time is free' })
        return false
      }),
    ),
  ).then((all) => all.includes(true))
  return Promise.race([asked, afterPatience()])
}
