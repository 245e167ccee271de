import type { Payload } from 'payload'
import { beforeAll, expect, test } from 'vitest'
import type { ConsultantProfile } from '#payload-types'
import { buildAccessWorld } from '../support/access-world'
import { createConsultant, createCustomer, createServiceType, createUser } from '../support/fixtures'
import { getTestPayload } from '../support/payload'
import { createRestClient, type RestClient } from '../support/rest-client'

let payload: Payload
let anyone: RestClient
let known: string
let hidden: { profile: ConsultantProfile; client: RestClient; userId: string }

beforeAll(async () => {
  payload = await getTestPayload()
  anyone = await createRestClient(payload)
  const shown = (await createConsultant(payload)).profile
  const { profile, user } = await createConsultant(payload)
  await createServiceType(payload, [shown, profile])
  await createServiceType(payload, [profile])
  // One of everything, a public review among it, which is about them.
  const { rows } = await buildAccessWorld(payload)
  const review = rows.find(({ collection, isPublic }) => collection === 'reviews' && isPublic)
  await payload.db.updateOne({
    ...{ collection: 'reviews', where: { id: { equals: review?.id } } },
    data: { consultant: profile.id },
  })
  await payload.update({ collection: 'consultant-profiles', id: profile.id, data: { isPublic: false } })
  known = shown.id
  hidden = { profile, client: await anyone.as(user), userId: user.id }
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
