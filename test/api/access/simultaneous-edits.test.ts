import type { Payload } from 'payload'
import { beforeAll, describe, expect, test } from 'vitest'
import { alwaysOpen, createConsultant, createServiceType, createUser, hourIn, iso } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let admin: RestClient

beforeAll(async () => {
  payload = await getTestPayload()
  admin = await (await createRestClient(payload)).as(await createUser(payload, ['admin']))
})

const succeed = async (edits: Promise<{ status: number; text: string }>[]): Promise<void> => {
  for (const { status, text } of await Promise.all(edits)) expect(status, text).toBe(200)
}

const turns = [1, 2, 3, 4, 5, 6]

/** Two people edit one record at once, each another field of it: both are heard. */
describe('of two edits at once none is lost', () => {
  test('of a service type, over REST and GraphQL', async () => {
    const { profile } = await createConsultant(payload)
    for (const turn of turns) {
      const { id } = await createServiceType(payload, [profile])
      await succeed([
        turn % 2
          ? admin.patch(`/service-types/${id}`, { isActive: false })
          : admin.graphql(`mutation { updateServiceType(id: "${id}", data: { isActive: false }) { id } }`),
        admin.patch(`/service-types/${id}`, { sortOrder: turn }),
      ])
      const after = await payload.findByID({ collection: 'service-types', id, depth: 0 })
      expect(after).toMatchObject({ isActive: false, sortOrder: turn })
    }
  })

  test('of a schedule, and what is remembered of the rules is never older than it', async () => {
    const { profile } = await createConsultant(payload, { availability: alwaysOpen })
    const service = await createServiceType(payload, [profile])
    const { id } = await payload.create({
      collection: 'availability-schedules',
      // One weekday is ticked, without times: so are all the others closed.
      data: { consultant: profile.id, name: 'Closed', type: 'weekly', weeklyPattern: { monday: { enabled: true } } },
    })
    const [from, to] = [3, 4].map((days) => iso(hourIn(days)).slice(0, 10))
    const listed = () =>
      admin.get(`/booking/slots?consultant=${profile.slug}&serviceType=${service.slug}&start=${from}&end=${to}`)
    for (const turn of turns) {
      await payload.update({ collection: 'availability-schedules', id, data: { isActive: true } })
      expect((await listed()).json.slots).toEqual({})
      await succeed([
        admin.patch(`/availability-schedules/${id}`, { isActive: false }),
        admin.patch(`/availability-schedules/${id}`, { name: `Closed ${turn}` }),
        listed(),
      ])
      const after = await payload.findByID({ collection: 'availability-schedules', id, depth: 0 })
      expect(after).toMatchObject({ isActive: false, name: `Closed ${turn}` })
      expect(Object.keys((await listed()).json.slots)).toEqual([from, to])
    }
  })

  test('of a profile, one of them an edit of many', async () => {
    for (const turn of turns) {
      const { profile } = await createConsultant(payload)
      await succeed([
        admin.patch(`/consultant-profiles/${profile.id}`, { isPublic: false }),
        admin.patch(`/consultant-profiles?where[id][in]=${profile.id}`, { yearsOfExperience: turn }),
      ])
      const after = await payload.findByID({ collection: 'consultant-profiles', id: profile.id, depth: 0 })
      expect(after).toMatchObject({ isPublic: false, yearsOfExperience: turn })
    }
  })
})
