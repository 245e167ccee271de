import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { endpointRequests } from '../support/fuzz/endpoint-requests'
import { type FuzzWorld, openFuzzWorld } from '../support/fuzz/fuzz-world'
import { graphqlRequests } from '../support/fuzz/graphql-requests'
import { recordRequests } from '../support/fuzz/record-requests'
import { type FuzzRequest, showRequest } from '../support/fuzz/request'
import { repetitions } from '../support/repetitions'
import { changedBetween, takeSums } from '../support/table-sums'

/** What is sent in all; the same requests each time, and others with another seed. */
const requests = repetitions({ usual: 2_000, long: 20_000 })
const seed = Number(process.env.PARLEY_FUZZ_SEED ?? 20_261)
/** After so many is looked whether reading has changed anything, and everybody logged in again. */
const batch = 100

let fuzz: FuzzWorld

beforeAll(async () => {
  fuzz = await openFuzzWorld()
}, 240_000)

/** What is looked at around each batch. */
type Watch = { before: () => Promise<void>; after: () => Promise<string[]> }

const unwatched: Watch = { before: () => Promise.resolve(), after: () => Promise.resolve([]) }

/** Sends them all, and says what was wrong with which: each kind of fault once. */
const send = async (generated: fc.Arbitrary<FuzzRequest>, count: number, { before, after }: Watch = unwatched) => {
  const faults = new Map<string, string>()
  const statuses = new Map<number, number>()
  const drawn = fc.sample(generated, { seed, numRuns: count })
  for (const [index, request] of drawn.entries()) {
    if (index % batch === 0) {
      await fuzz.logIn()
      await before()
    }
    const answer = await fuzz.send(request)
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    const fault = fuzz.judge(request, answer)
    if (fault !== undefined) {
      const [route = ''] = request.target.split('?', 1)
      const shown = `${fault}\n   ${showRequest(request)}\n   ${answer.text.slice(0, 300)}`
      faults.set(`${fault} ${request.method} ${route.split('/', 4).join('/')}`, shown)
    }
    if ((index + 1) % batch === 0 || index === drawn.length - 1) {
      for (const changed of await after()) faults.set(changed, `${changed} up to request ${index}`)
    }
  }
  const report = [`PARLEY_FUZZ_SEED=${seed}`, ...faults.values()].join('\n')
  return { faults: faults.size, report, statuses }
}

/** Answers of each class are met: what is refused at the door tests nothing behind it. */
const shareOf = (statuses: ReadonlyMap<number, number>, from: number, to: number): number =>
  [...statuses].reduce((sum, [status, count]) => sum + (status >= from && status < to ? count : 0), 0)

test('reading: no request ends in a fault of ours, or changes anything', { timeout: requests * 300 }, async () => {
  const generated = fc.oneof(
    { weight: 4, arbitrary: endpointRequests(fuzz.document, fuzz.known, (method) => method === 'get') },
    { weight: 5, arbitrary: recordRequests(fuzz.world.payload, fuzz.records, false) },
    { weight: 2, arbitrary: graphqlRequests(fuzz.schema, 'query', Object.values(fuzz.records.ids).flat()) },
  )
  let sums: Record<string, string> = {}
  const { faults, report, statuses } = await send(generated, requests / 2, {
    before: async () => {
      sums = await takeSums(fuzz.client)
    },
    after: async () =>
      changedBetween(sums, await takeSums(fuzz.client))
        // A consent begins with a GET, bound to the browser that begins it.
        .filter((name) => name !== 'parley.oauth_states')
        .map((name) => `reading changes ${name}`),
  })
  expect(faults, report).toBe(0)
  expect(shareOf(statuses, 200, 300), report).toBeGreaterThan(requests / 20)
  expect(shareOf(statuses, 400, 500), report).toBeGreaterThan(requests / 20)
})

test('writing: no request ends in a fault of ours', { timeout: requests * 300 }, async () => {
  const generated = fc.oneof(
    { weight: 5, arbitrary: endpointRequests(fuzz.document, fuzz.known, (method) => method !== 'get') },
    { weight: 5, arbitrary: recordRequests(fuzz.world.payload, fuzz.records, true) },
    { weight: 2, arbitrary: graphqlRequests(fuzz.schema, 'mutation', Object.values(fuzz.records.ids).flat()) },
  )
  const { faults, report, statuses } = await send(generated, requests / 2)
  expect(faults, report).toBe(0)
  expect(shareOf(statuses, 200, 300), report).toBeGreaterThan(requests / 40)
  expect(shareOf(statuses, 400, 500), report).toBeGreaterThan(requests / 20)
})

test('and the server is there afterwards', async () => {
  for (const target of ['/api/health/live', '/api/booking/consultants']) {
    expect(await fuzz.send({ role: 'nobody', method: 'GET', target, headers: {} })).toMatchObject({ status: 200 })
  }
})
