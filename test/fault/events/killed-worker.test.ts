import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type pg from 'pg'
import { beforeAll, expect, it, vi } from 'vitest'
import type { Payload } from 'payload'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { connectTo, type TestDatabase } from '../../support/database'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { startWebProcess, startWorkerProcess } from '../../support/servers'

let payload: Payload
let database: TestDatabase
let client: pg.Client
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  client = await connectTo(database)
  consultant = (await createConsultant(payload)).profile
  serviceType = await createServiceType(payload, [consultant])
})

/** Processes of an installation that follows each session. */
const extended = (more: Record<string, string> = {}) => ({
  database,
  // The extensions of a process that is compiled are compiled into it.
  compiled: false,
  env: {
    NODE_OPTIONS: `--import ${pathToFileURL(path.resolve('test/support/extend-process.mjs')).href}`,
    PARLEY_TEST_EXTENSIONS: path.resolve('test/support/slow-follower.ts'),
    ...more,
  },
})

const facts = async () => {
  const { rows } = await client.query<{ key: string; value: number }>(
    `SELECT split_part(key, ':', 2) AS key, value FROM parley.facts WHERE key LIKE 'test:%' ORDER BY key`,
  )
  return rows.map(({ key, value }) => `${key} ${value}`)
}

it('a worker that is killed while a handler is at work: another one calls it again with the same event', async () => {
  const web = await startWebProcess(extended())
  const first = await startWorkerProcess(extended({ PARLEY_TEST_STUCK: '1' }))
  const booked = await fetch(`${web.url}/api/booking/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      consultant: consultant.slug,
      serviceType: serviceType.slug,
      start: iso(hourIn(5)),
      customer: guest(),
    }),
  })
  expect(booked.status, await booked.text()).toBe(201)
  const soon = { timeout: 30_000, interval: 100 }
  await vi.waitFor(async () => expect(await facts()).toEqual(['tried 1']), soon)
  await first.kill()
  // As if a minute had passed since the dead one was heard of.
  await client.query(`UPDATE parley.facts SET updated_at = updated_at - interval '10 minutes' WHERE key LIKE 'worker%'`)
  await client.query(`UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '10 minutes'`)
  const second = await startWorkerProcess(extended())
  await vi.waitFor(async () => expect(await facts()).toEqual(['done 1', 'tried 2']), soon)
  expect(await second.stop(), second.output()).toBe(0)
  const { rows } = await client.query(`SELECT FROM graphile_worker.jobs WHERE task_identifier = 'handle-event'`)
  expect(rows).toEqual([])
  expect(await web.stop(), web.output()).toBe(0)
})
