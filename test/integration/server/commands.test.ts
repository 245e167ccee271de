import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../support/database'
import { runCommand } from '../../support/run-command'
import { createTemporaryFolder } from '../../support/temporary-folder'

/** What makes files of this checkout, reads those of a backup, or brings a database of its own: they ask for none. */
const withoutDatabase = [
  ...['build', 'migrate:create', 'generate:docs', 'bench', 'bench:scale', 'soak', 'backup:verify', 'backup:keys'],
]

const findCommands = async (): Promise<{ name: string; script: string; args: string[] }[]> => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> }
  return Object.entries(scripts).flatMap(([name, line]) => {
    const [, script, rest = ''] = /^node (?:--import tsx|(?:--\S+ )?src\/server\/run\.mjs) (\S+)(.*)$/.exec(line) ?? []
    return script && !withoutDatabase.includes(name) ? [{ name, script, args: rest.split(' ').filter(Boolean) }] : []
  })
}

const outcome = async (script: string, env: Record<string, string>, args: string[] = []) => {
  const command = runCommand(script, { DATA_DIR: await createTemporaryFolder(), ...env }, args)
  return { code: await command.ended, stdout: command.stdout().trim(), stderr: command.stderr().trim() }
}

describe('without DATABASE_URL', () => {
  it('every command refuses in production, in one line that says what to set', async () => {
    const commands = await findCommands()
    expect(commands.length).toBeGreaterThanOrEqual(12)
    const refused = await Promise.all(
      commands.map(async ({ name, script, args }) => {
        const { code, stdout, stderr } = await outcome(script, { NODE_ENV: 'production' }, args)
        // What runs on says it in its log, a command to who called it.
        const said = stdout + stderr
        return { name, code, lines: said.split('\n').length, says: /DATABASE_URL/.test(said) }
      }),
    )
    expect(refused).toEqual(commands.map(({ name }) => ({ name, code: 1, lines: 1, says: true })))
  })

  it('a check makes no database to find nothing in', async () => {
    expect(await outcome('src/server/check-money.ts', {})).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^DATABASE_URL is not set, and `npm start` has made no database in .*postgres: set/,
      ),
    })
  })
})

describe('with a DATABASE_URL and no NODE_ENV', () => {
  it('it is a production: what needs more settings says which', async () => {
    const { url } = await createTestDatabase()
    expect(await outcome('src/server/rotate-keys.ts', { DATABASE_URL: url })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Production needs SERVER_URL, .*ENCRYPTION_KEYS/),
    })
  })
})

describe('a check that finds nothing to check', () => {
  it('says so', async () => {
    const { url, name } = await createTestDatabase()
    const [money, keys] = await Promise.all([
      outcome('src/server/check-money.ts', { DATABASE_URL: url }),
      outcome('src/server/rotate-keys.ts', { DATABASE_URL: url, NODE_ENV: 'development' }),
    ])
    expect(money).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^There is nothing to check: .*/${name} holds no payment\\.$`)),
    })
    expect(keys).toMatchObject({
      code: 0,
      stdout: 'There is nothing to do: this database holds nothing that is encrypted.',
    })
  })

  it('does not take a database without our tables for sound books', async () => {
    const { url } = await createTestDatabase({ empty: true })
    expect(await outcome('src/server/check-money.ts', { DATABASE_URL: url })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The database lacks .*: run `npm run migrate` first\.$/),
    })
  })
})
