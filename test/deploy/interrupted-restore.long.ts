import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { connectTo } from '../support/database'
import { startDebianPostgres } from '../support/debian-postgres'
import { runCommand } from '../support/run-command'
import { createTemporaryFolder } from '../support/temporary-folder'

const refusal = expect.stringMatching(/^A restore into this database was interrupted, or is not over yet\..*\n$/)

it('a restore that is killed takes pg_restore with it, and nothing starts on what it leaves', async () => {
  const postgres = await startDebianPostgres()
  const folder = await createTemporaryFolder()
  const media = path.join(folder, 'media')
  const target = path.join(folder, 'backups')
  await mkdir(media)
  const command = (script: string, url: string, args: string[] = []) =>
    runCommand(
      `src/server/${script}.ts`,
      {
        NODE_ENV: 'development',
        LOG_LEVEL: 'error',
        POSTGRES_BIN_DIR: postgres.binDir,
        MEDIA_DIR: media,
        DATABASE_URL: url,
      },
      args,
    )
  const run = async (script: string, url: string, args: string[] = []) => {
    const running = command(script, url, args)
    return { code: await running.ended, said: running.stdout() + running.stderr() }
  }
  expect(await run('backup', postgres.database.url, [target, '--without-keys'])).toMatchObject({ code: 0 })
  const backup = path.join(target, (await readdir(target))[0] ?? '')

  const killed = await postgres.createEmpty('parley_killed')
  const client = await connectTo(killed)
  const expectSessions = (count: number) =>
    vi.waitFor(
      async () => {
        const { rowCount } = await client.query(
          `SELECT FROM pg_stat_activity WHERE application_name = 'pg_restore' AND datname = current_database()`,
        )
        expect(rowCount).toBe(count)
      },
      { timeout: 60_000, interval: 5 },
    )
  const restoring = command('restore', killed.url, [backup])
  await expectSessions(1)
  restoring.kill('SIGKILL')
  await restoring.ended
  await expectSessions(0)
  expect((await client.query(`SELECT to_regclass('parley.facts') AS facts`)).rows).toEqual([{ facts: null }])
  for (const script of ['worker', 'web', 'restore-release', 'check-money']) {
    expect(await run(script, killed.url), script).toEqual({ code: 1, said: refusal })
  }
  expect(await run('restore', killed.url, [backup])).toEqual({ code: 1, said: refusal })

  const again = await postgres.createEmpty('parley_again')
  expect(await run('restore', again.url, [backup])).toMatchObject({ code: 0 })
  expect(await run('worker', again.url)).toMatchObject({
    code: 1,
    said: expect.stringContaining('run `npm run restore:release` first'),
  })
}, 240_000)
