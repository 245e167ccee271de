import fc from 'fast-check'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decideAbsence, decideAttendance } from '#meetings/decide-attendance'
import { emptyMeeting, type MeetingParticipant, mergeMeetingNews } from '#meetings/merge-meeting-news'
import type { MeetingNews } from '#meetings/room-provider'
import { readZoomEvent, zoomEventSchema } from '#meetings/zoom/read-zoom-event'
import { answerUrlValidation, isFromZoom } from '#meetings/zoom/verify-zoom-webhook'

const start = Date.parse('2026-12-01T10:00:00Z')
const minute = 60_000
const people = { consultantEmail: 'ada@parley.example', customerEmail: 'kim@company.example' }

const somebody = (changes: Partial<MeetingParticipant> = {}): MeetingParticipant => ({
  userId: '1',
  name: null,
  email: null,
  isHost: false,
  joinedAt: start,
  leftAt: start + 30 * minute,
  ...changes,
})

const moment = fc.integer({ min: start - 30 * minute, max: start + 60 * minute })
const participant = fc.record({
  id: fc.constantFrom('1', '2', '3'),
  name: fc.constant(null),
  email: fc.constant(null),
  isHost: fc.boolean(),
})
const news: fc.Arbitrary<MeetingNews> = fc.oneof(
  fc.record({ meetingId: fc.constant('9'), what: fc.constantFrom('started', 'ended'), at: moment }),
  fc.record({ meetingId: fc.constant('9'), what: fc.constantFrom('joined', 'left'), at: moment, participant }),
)

describe('what is known of a meeting', () => {
  it('does not depend on the order of the reports, nor on how often one comes', () => {
    fc.assert(
      fc.property(
        fc
          .array(news, { maxLength: 12 })
          .chain((list) =>
            fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
          ),
        ([list, again]) => {
          const merge = (reports: MeetingNews[]) => reports.reduce(mergeMeetingNews, emptyMeeting)
          expect(merge(again)).toEqual(merge(list))
        },
      ),
    )
  })
})

describe('who was there', () => {
  it('is told by address, else the host is the consultant and who is not the customer', () => {
    const attendance = decideAttendance(
      [
        somebody({ userId: 'a', isHost: true, joinedAt: start - minute, leftAt: start + 20 * minute }),
        somebody({ userId: 'b', email: 'ada@parley.example', joinedAt: start + 21 * minute, leftAt: null }),
        somebody({ userId: 'c', email: 'kim@company.example', isHost: true, joinedAt: start + minute }),
      ],
      people,
    )
    expect(attendance).toEqual({
      consultant: { joinedAt: start - minute, leftAt: start + 20 * minute },
      customer: { joinedAt: start + minute, leftAt: start + 30 * minute },
    })
  })

  it.each([
    ['the customer, when the host waited alone', [somebody({ isHost: true })], 'customer'],
    ['the consultant, when the customer waited alone', [somebody({ email: people.customerEmail })], 'consultant'],
    ['nobody, when both were there', [somebody({ isHost: true }), somebody({ userId: '2' })], undefined],
    ['nobody, when nobody was there', [], undefined],
    ['nobody, when it is not known who was there', [somebody()], undefined],
    ['nobody, when who was there did not wait', [somebody({ isHost: true, leftAt: start + 9 * minute })], undefined],
    ['nobody, when who was there came late', [somebody({ isHost: true, joinedAt: start + 11 * minute })], undefined],
  ] as const)('was missed: %s', (_name, participants, expected) => {
    const times = { startsAt: start, endedAt: start + 30 * minute }
    expect(decideAbsence(participants, { ...people, ...times })).toBe(expected)
  })
})

describe('an event of Zoom', () => {
  const read = (event: string, object: object) => readZoomEvent({ event, event_ts: start, payload: { object } })

  it('says who came and went', () => {
    const object = {
      id: '81234567890',
      host_id: 'h1',
      participant: { user_id: '16778240', id: 'h1', user_name: 'Ada', email: 'Ada@parley.example' },
    }
    expect(
      read('meeting.participant_joined', {
        ...object,
        participant: { ...object.participant, join_time: '2026-12-01T10:01:00Z' },
      }),
    ).toEqual({
      what: 'joined',
      meetingId: '81234567890',
      at: start + minute,
      participant: { id: 'h1', name: 'Ada', email: 'ada@parley.example', isHost: true },
    })
    expect(read('meeting.participant_left', object)).toMatchObject({ what: 'left', at: start })
  })

  it('says when the meeting began and ended, and where its recording is', () => {
    expect(read('meeting.started', { id: 81234567890, start_time: '2026-12-01T10:00:30Z' })).toEqual({
      what: 'started',
      meetingId: '81234567890',
      at: start + 30_000,
    })
    expect(read('meeting.ended', { id: '81234567890', end_time: '2026-12-01T10:30:00Z' })).toMatchObject({
      what: 'ended',
      at: start + 30 * minute,
    })
    const recording = { id: 81234567890, uuid: 'abc==', share_url: 'https://zoom.example/rec/1', duration: 29 }
    expect(read('recording.completed', recording)).toEqual({
      what: 'recorded',
      meetingId: '81234567890',
      recordingId: 'abc==',
      url: 'https://zoom.example/rec/1',
      durationMinutes: 29,
    })
  })

  it('of another kind says nothing; one that is broken is refused', () => {
    expect(read('meeting.chat_message_sent', {})).toBeUndefined()
    expect(() => read('meeting.started', { host_id: 'h1' })).toThrow('id')
  })
})

describe('a delivery of Zoom', () => {
  const secret = 'zoom-secret'
  const rawBody = '{"event":"meeting.started"}'
  const timestamp = String(start / 1000)
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${rawBody}`).digest('hex')}`
  const delivery = { rawBody, timestamp, signature, secret, now: start }

  it.each([
    ['signed with the secret', {}, true],
    ['almost five minutes old', { now: start + 299_000 }, true],
    ['older', { now: start + 301_000 }, false],
    ['from the future', { now: start - 301_000 }, false],
    ['with another body', { rawBody: `${rawBody} ` }, false],
    ['signed with another secret', { secret: 'other' }, false],
    ['without a signature', { signature: null }, false],
    ['without a time', { timestamp: null }, false],
    ['with a time that is none', { timestamp: 'now' }, false],
  ])('%s', (_name, changes, expected) => {
    expect(isFromZoom({ ...delivery, ...changes })).toBe(expected)
  })

  it('that asks whose address this is speaks of no meeting', () => {
    const question = { event: 'endpoint.url_validation', event_ts: start, payload: { plainToken: 'qgg8vlvZRS6UYooat' } }
    expect(zoomEventSchema.parse(question)).toEqual(question)
  })

  it('that asks whose address this is gets the answer that Zoom checks', () => {
    expect(answerUrlValidation('qgg8vlvZRS6UYooatFL8Aw', secret)).toEqual({
      plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
      encryptedToken: createHmac('sha256', secret).update('qgg8vlvZRS6UYooatFL8Aw').digest('hex'),
    })
  })
})
