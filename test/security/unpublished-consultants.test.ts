import type { Payload } from 'payload'
import { beforeAll, expect, test } from 'vitest'
import type { ConsultantProfile } from '#payload-types'
import { buildAccessWorld } from '../support/access-world'
import { createCustomer, createUser } from '../support/fixtures'
import { getTestPayload } from '../support/payload'
import { createRestClient, type RestClient } from '../support/rest-client'

let payload: Payload
let anyone: RestClient
let known: string
let hidden: { profile: ConsultantProfile; client: RestClient; userId: string }

beforeAll(async () => {
  payload = await getTestPayload()
  anyone = await createRestClient(payload)
  // One of everything for both, public reviews, pictures and free times among it.
  const { pairs, serviceType } = await buildAccessWorld(payload)
  known = pairs.A.profile
  await payload.db.updateOne({
    ...{ collection: 'service-types', id: serviceType },
    data: { isActive: true, consultants: [known, pairs.B.profile] },
  })
  const profile = await payload.update({
    ...{ collection: 'consultant-profiles', id: pairs.B.profile, depth: 0 },
    data: { isPublic: false },
  })
  hidden = { profile, client: await anyone.as(pairs.B.consultantUser), userId: pairs.B.consultantUser.id }
})

const everywhere = async (client: RestClient): Promise<[string, string][]> => {
  const lists = payload.config.collections.flatMap(({ slug }) => [`/${slug}?limit=100`, `/${slug}?limit=100&depth=0`])
  const own = ['/booking/service-types', '/booking/consultants', `/booking/consultants/${known}`]
  const answers: [string, string][] = []
  for (const path of [...lists, ...own]) answers.push([path, (await client.get(path)).text])
  const asked =
    '{ ServiceTypes { docs { consultants { id } } } Reviews { docs { consultant { id } } } allMedia { docs { id } } }'
  answers.push(['graphql', (await client.graphql(asked)).text])
  return answers
}

test('neither their ids nor their logins are shown to strangers, with a login or without', async () => {
  const { user } = await createCustomer(payload)
  for (const client of [anyone, await anyone.as(user)]) {
    const answers = await everywhere(client)
    const text = answers.map(([, answer]) => answer).join()
    expect(text).toContain(known)
    for (const [path, answer] of answers) {
      const isShown = [hidden.profile.id, hidden.userId, hidden.profile.slug ?? ''].map((secret) =>
        answer.includes(secret),
      )
      expect([path, ...isShown]).toEqual([path, false, false, false])
    }
  }
})

test('they see themselves, and staff see everybody', async () => {
  for (const client of [hidden.client, await anyone.as(await createUser(payload, ['operations']))]) {
    for (const path of ['/service-types?depth=0', '/reviews?depth=0', '/consultant-profiles?depth=0']) {
      expect([path, (await client.get(path)).text.includes(hidden.profile.id)]).toEqual([path, true])
    }
  }
})
