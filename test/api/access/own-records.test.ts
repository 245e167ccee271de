import type { Payload } from 'payload'
import { beforeAll, expect, test } from 'vitest'
import { countStatements } from '../../support/count-statements'
import { createConsultant, createServiceType } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let consultant: RestClient

beforeAll(async () => {
  payload = await getTestPayload()
  const { profile, user } = await createConsultant(payload)
  await createServiceType(payload, [profile])
  consultant = await (await createRestClient(payload)).as(user)
  for (let day = 1; day <= 20; day++) {
    await payload.create({
      collection: 'availability-slots',
      data: {
        consultant: profile.id,
        startsAt: new Date(Date.UTC(2031, 0, day, 10)).toISOString(),
        endsAt: new Date(Date.UTC(2031, 0, day, 11)).toISOString(),
        durationMinutes: 60,
        timeZone: 'UTC',
        status: 'blocked',
      },
    })
  }
})

test('who somebody is, is looked up once for a list, however long it is', async () => {
  const list = async (limit: number) => {
    const { data } = await countStatements(payload, async () => {
      const { status, json } = await consultant.get(`/availability-slots?depth=0&limit=${limit}`)
      expect([status, json.docs.length]).toEqual([200, limit])
    })
    return data.filter((text) => text.includes('"consultant_profiles"')).length
  }
  await list(1)
  const [few, many] = [await list(2), await list(20)]
  expect(many).toBe(few)
})
