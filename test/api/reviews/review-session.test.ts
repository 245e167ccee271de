import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let db: pg.Client
let client: RestClient
let profile: ConsultantProfile
let consultantUser: User
let call: ServiceType
let days = 1

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  db = await connectTo(opened.database)
  client = await createRestClient(payload)
  const made = await createConsultant(payload)
  profile = made.profile
  consultantUser = made.user
  call = await createServiceType(payload, [profile])
})

type Booked = { path: string; reference: string; headers: Record<string, string> }

const book = async (): Promise<Booked> => {
  const { status, json } = await client.post('/booking/sessions', {
    consultant: profile.id,
    serviceType: call.id,
    start: iso(hourIn(days++)),
    customer: guest({ name: 'Grace Brewster Hopper' }),
  })
  expect(status).toBe(201)
  const { reference } = json.session
  return {
    reference,
    path: `/booking/sessions/${reference}`,
    headers: { Authorization: `Bearer ${json.manageToken}` },
  }
}

const complete = async (booked: Booked): Promise<Booked> => {
  await db.query(`UPDATE scheduled_sessions SET status = 'completed' WHERE reference = $1`, [booked.reference])
  return booked
}

const statisticsOf = async () => {
  const { json } = await client.get(`/booking/consultants/${profile.id}`)
  return { averageRating: json.averageRating, reviewCount: json.reviewCount }
}

describe('POST /booking/sessions/:reference/review', () => {
  it('stores what the customer says, shows it with the first name alone, and counts it', async () => {
    const { path, headers, reference } = await complete(await book())
    expect((await client.get(path, headers)).json.actions).toContain('review')
    const { status, json } = await client.post(
      `${path}/review`,
      {
        rating: 4,
        reviewText: ' Very <b>good</b>. ',
        aspects: { expertise: 5 },
        npsScore: 0,
        problemResolved: false,
      },
      headers,
    )
    expect(status).toBe(201)
    expect(json.review).toEqual({
      rating: 4,
      reviewText: 'Very <b>good</b>.',
      aspects: { expertise: 5 },
      npsScore: 0,
      problemResolved: false,
      customerName: 'Grace',
      createdAt: expect.any(String),
    })
    expect((await client.get(path, headers)).json.actions).not.toContain('review')
    expect(await statisticsOf()).toEqual({ averageRating: 4, reviewCount: 1 })
    const details = await client.get(`/booking/consultants/${profile.id}`)
    expect(details.json.reviews).toEqual([
      {
        rating: 4,
        reviewText: 'Very <b>good</b>.',
        customerName: 'Grace',
        createdAt: json.review.createdAt,
        consultantResponse: null,
      },
    ])
    expect(details.text).not.toContain('Hopper')
    const { rows } = await db.query(
      `SELECT r.is_verified_booking, r.moderation_status, s.review_id = r.id AS linked FROM reviews r
       JOIN scheduled_sessions s ON s.id = r.scheduled_session_id WHERE s.reference = $1`,
      [reference],
    )
    expect(rows).toEqual([{ is_verified_booking: true, moderation_status: 'approved', linked: true }])
  })

  it('keeps each aspect that the customer rates', async () => {
    const { path, headers, reference } = await complete(await book())
    const aspects = { professionalism: 4, expertise: 5, communication: 3, valueForMoney: 2 }
    expect((await client.post(`${path}/review`, { rating: 4, aspects }, headers)).json.review).toMatchObject({
      aspects,
    })
    const { rows } = await db.query(
      `SELECT aspects_professionalism AS professionalism, aspects_expertise AS expertise, aspects_communication AS communication,
         aspects_value_for_money AS "valueForMoney", r.scheduled_session_id = s.id AS "scheduledSession"
       FROM reviews r JOIN scheduled_sessions s ON s.review_id = r.id WHERE s.reference = $1`,
      [reference],
    )
    expect(rows).toEqual([
      { professionalism: '4', expertise: '5', communication: '3', valueForMoney: '2', scheduledSession: true },
    ])
  })

  it('takes one review a session, also when two come at once', async () => {
    const { path, headers } = await complete(await book())
    const before = await statisticsOf()
    const answers = await Promise.all([2, 3, 4].map((rating) => client.post(`${path}/review`, { rating }, headers)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    for (const { status, json } of answers) if (status === 409) expect(json.code).toBe('illegal_transition')
    expect((await statisticsOf()).reviewCount).toBe(before.reviewCount + 1)
  })

  it('repeats its first answer under the same idempotency key', async () => {
    const { path, headers } = await complete(await book())
    const keyed = { ...headers, 'Idempotency-Key': 'review-once' }
    const first = await client.post(`${path}/review`, { rating: 5 }, keyed)
    const second = await client.post(`${path}/review`, { rating: 5 }, keyed)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.text).toBe(first.text)
  })

  it('refuses before completion', async () => {
    const { path, headers } = await book()
    const { status, json } = await client.post(`${path}/review`, { rating: 5 }, headers)
    expect({ status, code: json.code }).toEqual({ status: 409, code: 'illegal_transition' })
  })

  it('is for the customer alone', async () => {
    const { path } = await complete(await book())
    const asConsultant = await client.as(consultantUser)
    const { json } = await asConsultant.post(`${path}/review`, { rating: 5 })
    expect(json).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await client.post(`${path}/review`, { rating: 5 })).json.code).toBe('not_found')
    expect((await client.post(`${path}/review`, { rating: 5 }, { Authorization: 'Bearer wrong' })).json.code).toBe(
      'not_found',
    )
    const stranger = await client.as(await createUser(payload, ['customer']))
    expect((await stranger.post(`${path}/review`, { rating: 5 })).json.code).toBe('not_found')
  })

  it('takes the manage token from somebody who is logged in as another user', async () => {
    const { path, headers } = await complete(await book())
    const other = await client.as(await createUser(payload, ['customer']))
    const token = headers.Authorization?.replace('Bearer ', '') ?? ''
    expect((await other.post(`${path}/review?token=${token}`, { rating: 3 })).status).toBe(201)
  })

  it.each([
    ['rating', {}],
    ['rating', { rating: 0 }],
    ['rating', { rating: 6 }],
    ['rating', { rating: 4.5 }],
    ['rating', { rating: '5' }],
    ['reviewText', { rating: 5, reviewText: 'x'.repeat(5_001) }],
    ['reviewText', { rating: 5, reviewText: 'a\u202Eb' }],
    ['aspects.expertise', { rating: 5, aspects: { expertise: 6 } }],
    ['aspects.charm', { rating: 5, aspects: { charm: 5 } }],
    ['npsScore', { rating: 5, npsScore: 11 }],
    ['problemResolved', { rating: 5, problemResolved: 'yes' }],
    ['isPublic', { rating: 5, isPublic: false }],
  ])('refuses a bad %s', async (field, body) => {
    const { path, headers } = await complete(await book())
    const { status, json } = await client.post(`${path}/review`, body, headers)
    expect({ status, code: json.code, path: json.errors?.[0]?.path }).toEqual({
      status: 400,
      code: 'invalid_request',
      path: field,
    })
  })
})

describe('GET /booking/sessions/:reference/calendar.ics', () => {
  const unfold = (text: string) => text.replaceAll('\r\n ', '')

  it('is a calendar file to keep, stable through changes', async () => {
    const { path, headers, reference } = await book()
    const first = await client.get(`${path}/calendar.ics`, headers)
    expect(first.status).toBe(200)
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=PUBLISH')
    expect(first.headers.get('content-disposition')).toBe(`attachment; filename="${reference}.ics"`)
    const text = unfold(first.text)
    expect(text).toContain('METHOD:PUBLISH')
    expect(text).toContain('STATUS:CONFIRMED')
    expect(text).toContain(`SUMMARY:${call.name} – ${profile.name}`)
    expect(text).toContain(`/api/booking/sessions/${reference}/join?key=`)
    // RFC 5546: a published event has an organizer and nobody who is asked.
    expect(text).toContain('ORGANIZER')
    expect(text).not.toContain('ATTENDEE')
    const { json } = await client.get(path, headers)
    expect(text).toContain(`DTSTART:${json.session.start.replace(/[-:]|\.\d+/g, '')}`)

    const uid = /UID:(.*)/.exec(text)?.[1]
    expect((await client.post(`${path}/cancel`, {}, headers)).status).toBe(200)
    const cancelled = unfold((await client.get(`${path}/calendar.ics`, headers)).text)
    expect(cancelled).toContain('STATUS:CANCELLED')
    expect(cancelled).not.toContain('/join?key=')
    expect(/UID:(.*)/.exec(cancelled)?.[1]).toBe(uid)
  })

  it('names the customer to the consultant', async () => {
    const { path } = await book()
    const { text } = await (await client.as(consultantUser)).get(`${path}/calendar.ics`)
    expect(unfold(text)).toContain('– Grace Brewster Hopper')
  })

  it('is as closed as the session', async () => {
    const { path, headers } = await book()
    expect((await client.get(`${path}/calendar.ics`)).json.code).toBe('not_found')
    const token = headers.Authorization?.replace('Bearer ', '') ?? ''
    expect((await client.get(`${path}/calendar.ics?token=${token}`)).status).toBe(200)
    expect((await client.get('/booking/sessions/PY-22222222/calendar.ics', headers)).json.code).toBe('not_found')
  })
})
