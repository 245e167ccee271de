import { expect, it } from 'vitest'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient } from '../../support/rest-client'

it('where Zoom is not set up its sessions are held in the room that follows from them', async () => {
  const { payload, database } = await openTestPayload()
  const api = await createRestClient(payload)
  const { profile } = await createConsultant(payload)
  const serviceType = await createServiceType(payload, [profile], { meetingProvider: 'zoom' })
  const { status, json, text } = await api.post('/booking/sessions', {
    consultant: profile.slug,
    serviceType: serviceType.slug,
    start: iso(hourIn(3)),
    customer: guest(),
  })
  expect(status, text).toBe(201)
  await runDueJobs(payload, database, { only: ['settle-room'] })
  const { docs } = await payload.find({ collection: 'scheduled-sessions', depth: 0, limit: 2 })
  expect(docs.map(({ meeting }) => meeting?.provider)).toEqual(['jitsi'])
  const { pathname, search } = new URL(json.session.meeting.joinUrl)
  const joined = await api.get(`${pathname.replace('/api', '')}${search}`)
  expect(joined.headers.get('location')).toBe(docs[0]?.meeting?.joinUrl)

  const event = await api.post('/meetings/zoom/webhooks', { event: 'meeting.started', payload: {} })
  expect(event.json).toMatchObject({ status: 404, code: 'not_found' })
})
