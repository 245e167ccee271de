import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import type { StoredEmail } from '#sandbox/resend/sandbox-state'
import { entriesOf } from '../calendar-world'
import { expectSoundBooks } from '../expect-sound-books'
import { iso } from '../fixtures'
import { calendarOf, kindOf } from '../resend-sandbox'
import type { Booked } from './load'
import type { AnyPostgres, FaultWorld } from './fault-world'

const sorted = (values: string[]): string[] => [...values].sort()

/**
 * A booking that was cancelled before anybody was told of it is told of as cancelled alone, one that was moved before that as moved, or confirmed with its new time; one
 * that was not paid for minutes, while there was nobody to pay to, is reminded of that.
 */
const wantedMails = ({ isPaid, isMoved, isCancelled }: Booked, got: string[]): string[] => {
  const isTold = (kind: string) => got.includes(`${kind}/customer`)
  const isToldOfMove = isMoved && isTold('booking_rescheduled')
  const kinds = [
    ...(isTold('booking_confirmation') || !(isCancelled || isToldOfMove) ? ['booking_confirmation'] : []),
    ...(isToldOfMove ? ['booking_rescheduled'] : []),
    ...(isCancelled ? ['booking_cancelled'] : []),
    ...(isPaid && isTold('booking_pending_payment') ? ['booking_pending_payment'] : []),
    ...(isPaid ? ['payment_received'] : []),
    ...(isPaid && isCancelled ? ['refund_processed'] : []),
  ]
  return kinds.map((kind) => `${kind}/customer`)
}

/** What the customer's calendar says after all mails, in whichever order they were opened: the highest version counts. */
const invitedTo = (mails: readonly StoredEmail[]): string | undefined => {
  const invitations = mails.flatMap((mail) => {
    const calendar = calendarOf(mail)
    const [, sequence] = /^SEQUENCE:(\d+)/m.exec(calendar) ?? []
    const [, method] = /^METHOD:(\w+)/m.exec(calendar) ?? []
    const [, start = ''] = /^DTSTART[^:]*:(\w+)/m.exec(calendar) ?? []
    if (sequence === undefined) return []
    return [{ sequence: Number(sequence), says: method === 'CANCEL' ? 'nothing' : start }]
  })
  return invitations.sort((one, other) => one.sequence - other.sequence).at(-1)?.says
}

const inCalendar = (start: number): string => iso(start).replaceAll(/[-:]|\.\d+/g, '')

/**
 * Each booking has its mails, its entry, its time and its money, once; nothing else does, and nothing is left to be done.
 * @param mails all that Resend has taken; what it still has of them by default.
 */
export const expectAllDone = async (
  world: FaultWorld<AnyPostgres>,
  booked: Booked[],
  mails: readonly StoredEmail[] = world.resend.control.emails(),
): Promise<void> => {
  const { postgres, stripe, experts, payload } = world
  const list = async (statement: string): Promise<string[]> =>
    (await postgres.query(statement)).rows.map((row: Record<string, unknown>) =>
      Object.values(row)
        .map((value) => (value instanceof Date ? value.toISOString() : String(value)))
        .join(' '),
    )

  expect(sorted(await list(`SELECT reference, status::text LIKE 'cancelled%' FROM scheduled_sessions`))).toEqual(
    sorted(booked.map(({ reference, isCancelled }) => `${reference} ${String(isCancelled)}`)),
  )

  const received = Map.groupBy(mails, (mail) => String(mail.to[0]))
  const receivedBy = ({ email }: Booked) => received.get(email) ?? []
  const got = booked.map((one) => ({ email: one.email, mails: sorted(receivedBy(one).map(kindOf)) }))
  const wanted = booked.map((one) => ({
    email: one.email,
    mails: sorted(wantedMails(one, receivedBy(one).map(kindOf))),
  }))
  expect(got).toEqual(wanted)
  expect(booked.map((one) => `${one.reference} ${String(invitedTo(receivedBy(one)))}`)).toEqual(
    booked.map((one) => `${one.reference} ${one.isCancelled ? 'nothing' : inCalendar(one.start)}`),
  )
  // Whoever they are for. One whose answer was lost may be no longer true when it is asked for again: then it is noted as left out.
  const arrived = mails
    .flatMap(({ idempotencyKey }) => idempotencyKey ?? [])
    .filter((key) => key.startsWith('notification/'))
  expect(arrived).toHaveLength(new Set(arrived).size)
  const keysIn = async (...states: string[]) =>
    (
      await list(
        `SELECT dedupe_key FROM notifications WHERE delivery_channel = 'email' AND delivery_state IN ('${states.join(`', '`)}')`,
      )
    ).map((key) => `notification/${createHash('sha256').update(key).digest('base64url')}`)
  const isArrived = new Set(arrived)
  expect((await keysIn('sent')).filter((key) => !isArrived.has(key))).toEqual([])
  const isNoted = new Set(await keysIn('sent', 'skipped'))
  expect(arrived.filter((key) => !isNoted.has(key))).toEqual([])

  for (const expert of experts) {
    const kept = booked.filter((one) => one.expert === expert && !one.isCancelled)
    expect(
      sorted(entriesOf(world, expert).map(({ reference, start }) => `${String(reference)} ${iso(start)}`)),
    ).toEqual(sorted(kept.map(({ reference, start }) => `${reference} ${iso(start)}`)))
  }

  expect(
    sorted(
      await list(
        `SELECT s.reference, a.starts_at AS claimed, s.starts_at FROM availability_slots a JOIN scheduled_sessions s ON s.id = a.scheduled_session_id
         WHERE a.status IN ('held', 'booked', 'blocked')`,
      ),
    ),
  ).toEqual(
    sorted(
      booked
        .filter(({ isCancelled }) => !isCancelled)
        .map(({ reference, start }) => `${reference} ${iso(start)} ${iso(start)}`),
    ),
  )

  const paid = booked.filter(({ isPaid }) => isPaid)
  const [charges, refunds] = ['charge.succeeded', 'refund.created'].map((type) => stripe.control.events(type).length)
  expect({ charges, refunds }).toEqual({
    charges: paid.length,
    refunds: paid.filter(({ isCancelled }) => isCancelled).length,
  })
  await expectSoundBooks(payload, { settled: true })

  // What was never tried and is to come is a deadline or a reminder. What failed when another had taken its place goes with the next sweep.
  expect(
    await list(
      `SELECT task_identifier, last_error FROM graphile_worker.jobs WHERE (run_at <= now() OR attempts > 0) AND task_identifier <> 'sweep'`,
    ),
  ).toEqual([])
}
