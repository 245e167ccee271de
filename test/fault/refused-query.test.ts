import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openTestPayload } from '../support/payload'
import { startWebProcess } from '../support/servers'

it('a stranger who filters by what they do not read is refused, and the process goes on', async () => {
  const { database } = await openTestPayload()
  const web = await startWebProcess({ database })
  const path = encodeURIComponent('where[scheduledSession.customer.name][equals]')
  for (let time = 0; time < 2; time++) {
    const answer = await fetch(`${web.url}/api/reviews?${path}=x`)
    expect(answer.status).toBe(400)
  }
  // Long enough for a refusal that nobody waits for.
  const outcome = await Promise.race([web.exited.then(() => 'ended'), delay(1_000).then(() => 'goes on')])
  expect(outcome, web.output()).toBe('goes on')
  expect((await fetch(`${web.url}/api/health/live`)).status).toBe(200)
})
