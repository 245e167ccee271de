import { expect, inject, it } from 'vitest'
import { findFreePort } from '../../support/free-port'
import { runCommand } from '../../support/run-command'

it('another server than our own, which would have none of its guards, does not start', async () => {
  const port = await findFreePort()
  const next = runCommand('node_modules/next/dist/bin/next', { NEXT_DIST_DIR: inject('distDir') }, [
    ...['start', '-p', String(port), '-H', '127.0.0.1'],
  ])
  expect(await next.ended).toBe(1)
  expect(next.stderr()).toContain('Start `npm run serve`')
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed')
})
