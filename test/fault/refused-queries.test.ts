import { expect, it } from 'vitest'
import { createTestDatabase } from '../support/database'
import { startWebProcess } from '../support/servers'

it('a query through two relations that nobody may ask ends no process', async () => {
  const web = await startWebProcess({ database: await createTestDatabase() })
  for (const path of ['/api/reviews?where[scheduledSession.customer.email][exists]=true', '/api/health/live']) {
    const expected = path.startsWith('/api/health') ? 200 : 400
    // What is left unheard is heard of a turn later, so the process is asked more than once.
    for (let turn = 0; turn < 3; turn++) expect((await fetch(`${web.url}${path}`)).status).toBe(expected)
  }
})
