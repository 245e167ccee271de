import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { decideAudit } from './decide-audit'

/** It exits with 1 where there is something, and where there is no answer: what it prints says which. */
const audit = await new Promise<string>((resolve) => {
  execFile(
    'npm',
    ['audit', '--omit=dev', '--json'],
    { timeout: 60_000, maxBuffer: 50_000_000, shell: process.platform === 'win32' },
    (_error, stdout) => resolve(stdout),
  )
})
const today = new Date().toISOString().slice(0, 10)
const { failures, notes } = decideAudit(audit, await readFile('audit-exceptions.json', 'utf8'), today)
for (const note of notes) console.log(note)
for (const failure of failures) console.error(failure)
if (failures.length) {
  console.error('Production is built of packages with known vulnerabilities: see "Packages" in docs/security.md.')
  process.exit(1)
}
