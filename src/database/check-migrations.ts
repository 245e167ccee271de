import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrationsDir } from './find-pending-migrations'

/**
 * Fails when the collections have a field, an index or an option that no migration makes: then a database would lack it.
 * Lets Payload write the next migration into a copy of the folder and shows what it would hold.
 */
const copy = await mkdtemp(path.join(tmpdir(), 'parley-migrations-'))
try {
  await cp(migrationsDir, copy, { recursive: true })
  const before = new Set(await readdir(copy))
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', path.join(import.meta.dirname, 'write-next-migration.ts'), copy],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    child.once('error', reject)
    child.once('close', resolve)
  })
  const written = (await readdir(copy)).filter((name) => name.endsWith('.ts') && !before.has(name))
  if (code !== 0) {
    process.exitCode = 1
  } else if (written.length) {
    console.error('The migrations are not complete: run `npx payload migrate:create <name>`. It would write:')
    for (const name of written) console.error(await readFile(path.join(copy, name), 'utf8'))
    process.exitCode = 1
  } else {
    console.log('The migrations are complete.')
  }
} finally {
  await rm(copy, { recursive: true, force: true })
}
