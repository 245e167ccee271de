import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { cleanUpLater } from '../../support/clean-up'
import { createTemporaryFolder } from '../../support/temporary-folder'

it('a program of PostgreSQL ends when the command that started it is killed', async () => {
  const folder = await createTemporaryFolder()
  const file = path.join(folder, 'pg_restore')
  const note = path.join(folder, 'pid')
  await writeFile(file, `#!/bin/sh\necho $$ > "${note}"\nexec sleep 600\n`)
  await chmod(file, 0o755)
  const start = `const { runPostgresTool } = await import('#server/backup/postgres-tools')
    await runPostgresTool({ file: ${JSON.stringify(file)}, name: 'pg_restore', version: '15', major: 15 }, 'postgres://nobody@localhost/none', [])`
  const command = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', start], { stdio: 'inherit' })
  cleanUpLater(() => command.kill('SIGKILL'))
  const pid = await vi.waitFor(
    async () => {
      const noted = Number(await readFile(note, 'utf8'))
      expect(noted).toBeGreaterThan(1)
      return noted
    },
    { timeout: 60_000 },
  )
  cleanUpLater(() => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  })
  expect(isAlive(pid)).toBe(true)
  command.kill('SIGKILL')
  await once(command, 'exit')
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000 })
}, 90_000)

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
