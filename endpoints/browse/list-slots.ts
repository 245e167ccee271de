import { z } from 'zod'
import { findSlots } from '#availability/slots/find-slots'
import { groupByLocalDate } from '#availability/slots/group-by-local-date'
import { parseWindow } from '#availability/slots/parse-window'
import type { Interval } from '#availability/types'
import { hashToken } from '#shared/ids'
import { queryInteger, slugOrId, timeZone } from '#shared/input'
import { type Answer, json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { slotSharing } from '../support/share-answer'
import { dateTime, money } from '../support/schemas'

const query = z.strictObject({
  consultant: slugOrId,
  serviceType: slugOrId,
  start: z.string().max(40).describe('An instant with offset, or a date in `timeZone`'),
  end: z.string().max(40).describe('An instant with offset, or a date in `timeZone`, which is included'),
  timeZone: timeZone.default('UTC'),
  durationMinutes: queryInteger(1, 1440).optional(),
  holdToken: z.string().max(128).optional().describe("Token of the caller's own hold: its time is still shown as free"),
})

const windows = new WeakMap<z.output<typeof query>, Interval>()

/** Whoever asks in the same words is given the same query. */
const windowOf = (asked: z.output<typeof query>): Interval => {
  const window = windows.get(asked) ?? parseWindow(asked)
  windows.set(asked, window)
  return window
}

/** What was last made of a list. The same list is the same offer, length and times. */
const answers = new WeakMap<readonly Interval[], { timeZone: string; answer: Answer }>()

export const listSlotsEndpoint = defineEndpoint({
  method: 'get',
  path: '/booking/slots',
  operationId: 'listSlots',
  tag: 'Browse',
  summary: 'Free times of a consultant for one service type',
  description:
    'Every time that is listed can be held at that moment, and nothing that is not listed can. The instants never depend on `timeZone`; it only decides under which date they are shown. At most 62 days.',
  query,
  answers: {
    200: {
      description: 'The free times, by date in `timeZone`',
      schema: z.object({
        timeZone: z.string(),
        durationMinutes: z.int(),
        slots: z.record(
          z.iso.date(),
          z.array(z.object({ start: dateTime, end: dateTime, price: money }).meta({ id: 'Slot' })),
        ),
      }),
    },
  },
  refusals: ['not_found'],
  limit: 'browse',
  sharing: slotSharing,
  handle: async ({ req, query }) => {
    const window = windowOf(query)
    const { offer, durationMinutes, slots } = await findSlots(req, {
      consultant: query.consultant,
      serviceType: query.serviceType,
      durationMinutes: query.durationMinutes,
      window,
      now: Date.now(),
      ownHoldHash: query.holdToken === undefined ? undefined : hashToken(query.holdToken),
    })
    const known = answers.get(slots)
    if (known?.timeZone === query.timeZone) return known.answer
    const price = offer.prices.get(durationMinutes)
    const byDate = Object.entries(groupByLocalDate(slots, query.timeZone)).map(
      ([date, times]) => [date, times.map(({ start, end }) => ({ start, end, price }))] as const,
    )
    const answer = json({ timeZone: query.timeZone, durationMinutes, slots: Object.fromEntries(byDate) })
    answers.set(slots, { timeZone: query.timeZone, answer })
    return answer
  },
})
