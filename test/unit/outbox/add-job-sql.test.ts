import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { addJobSql } from '#outbox/add-job-sql'

it('writes the job of a row as an expression', () => {
  const sql = addJobSql('sync-calendar', {
    payload: { calendarId: 'k.id', isFull: 'true' },
    key: "'rebuild-calendar:' || k.id",
    runAt: "now() + interval '5 seconds'",
  })
  expect(sql).toBe(
    "graphile_worker.add_job('sync-calendar', json_build_object('calendarId', k.id, 'isFull', true), " +
      "job_key => 'rebuild-calendar:' || k.id, max_attempts => 12, priority => 10, run_at => now() + interval '5 seconds')",
  )
})

it('is with `enqueue` the only way into the outbox', () => {
  const sources = ['src', 'hooks', 'endpoints', 'collections'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('migrations'))
      .map((file) => path.join(folder, file)),
  )
  const raw = sources.filter((file) => /graphile_worker\.add_jobs?\(/.test(readFileSync(file, 'utf8')))
  expect(raw.sort()).toEqual(['src/outbox/add-job-sql.ts', 'src/outbox/enqueue.ts'])
})
