import { expect } from 'vitest'
import { entriesOf } from '../calendar-world'
import { expectSoundBooks } from '../expect-sound-books'
import { kindOf } from '../resend-sandbox'
import type { Booked } from './load'
import type { AnyPostgres, FaultWorld } from './fault-world'

const sorted = (values: string[]): string[] => [...values].sort()

/**
 * A booking that was cancelled before anybody was told of it is told of as cancelled alone; one that was not paid for minutes, while there
 * was nobody to pay to, is reminded of that.
 */
const wantedMails = ({ isPaid, isCancelled }: Booked, got: string[]): string[] => {
  const wasConfirmed = !isCancelled || got.includes('booking_confirmation/customer')
  const kinds = [
    ...(wasConfirmed ? ['booking_confirmation'] : []),
    ...(isCancelled ? ['booking_cancelled'] : []),
    ...(isPaid && got.includes('booking_pending_payment/customer') ? ['booking_pending_payment'] : []),
    ...(isPaid ? ['payment_received'] : []),
    ...(isPaid && isCancelled ? ['refund_processed'] : []),
  ]
  return kinds.map((kind) => `${kind}/customer`)
}

/** Each booking has its mails, its entry, its time and its money, once; nothing else does, and nothing is left to be done. */
export const expectAllDone = async (world: FaultWorld<AnyPostgres>, booked: Booked[]): Promise<void> => {
  const { postgres, resend, stripe, experts, payload } = world
  const list = async (statement: string): Promise<string[]> =>
    (await postgres.query(statement)).rows.map((row: Record<string, unknown>) => Object.values(row).join(' '))

  expect(sorted(await list(`SELECT reference, status::text LIKE 'cancelled%' FROM scheduled_sessions`))).toEqual(
    sorted(booked.map(({ reference, isCancelled }) => `${reference} ${String(isCancelled)}`)),
  )

  const received = new Map<string, string[]>()
  for (const mail of resend.control.emails()) {
    const to = String(mail.to[0])
    received.set(to, [...(received.get(to) ?? []), kindOf(mail)])
  }
  const got = booked.map(({ email }) => ({ email, mails: sorted(received.get(email) ?? []) }))
  const wanted = booked.map((one) => ({
    email: one.email,
    mails: sorted(wantedMails(one, received.get(one.email) ?? [])),
  }))
  expect(got).toEqual(wanted)

  for (const expert of experts) {
    const kept = booked.filter((one) => one.expert === expert && !one.isCancelled)
    expect(sorted(entriesOf(world, expert).map(({ reference }) => reference ?? ''))).toEqual(
      sorted(kept.map(({ reference }) => reference)),
    )
  }

  expect(
    sorted(
      await list(
        `SELECT s.reference FROM availability_slots a JOIN scheduled_sessions s ON s.id = a.scheduled_session_id WHERE a.status = 'booked'`,
      ),
    ),
  ).toEqual(sorted(booked.filter(({ isCancelled }) => !isCancelled).map(({ reference }) => reference)))

  const paid = booked.filter(({ isPaid }) => isPaid)
  const [charges, refunds] = ['charge.succeeded', 'refund.created'].map((type) => stripe.control.events(type).length)
  expect({ charges, refunds }).toEqual({
    charges: paid.length,
    refunds: paid.filter(({ isCancelled }) => isCancelled).length,
  })
  await expectSoundBooks(payload, { settled: true })

  expect(
    await list(
      `SELECT task_identifier, last_error FROM graphile_worker.jobs WHERE run_at < now() + interval '1 minute' AND task_identifier <> 'sweep'`,
    ),
  ).toEqual([])
}
