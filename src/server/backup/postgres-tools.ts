import { execFile, spawn } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { readEnvironment } from '../environment'
import { StartError } from '../exit-with-line'

const run = promisify(execFile)

/** A program of PostgreSQL that is on this machine. */
type PostgresTool = { file: string; name: ToolName; version: string; major: number }

type ToolName = 'pg_dump' | 'pg_restore'

/**
 * A program of PostgreSQL: in `binDir`, else as the PATH has it.
 * @throws StartError that says what to install when there is none.
 */
export const findPostgresTool = async (name: ToolName, binDir: string | undefined): Promise<PostgresTool> => {
  const file = binDir ? path.join(binDir, name) : name
  const said = await run(file, ['--version']).catch(() => undefined)
  const version = /\(PostgreSQL\) ((\d+)\S*)/.exec(said?.stdout ?? '')
  if (!version?.[1]) {
    throw new StartError(
      `${name} is not ${binDir ? `in ${binDir} (POSTGRES_BIN_DIR)` : 'on this machine'}: install PostgreSQL's client programs (Debian: postgresql-client) of the server's version or newer, or let POSTGRES_BIN_DIR name the folder that has them.`,
    )
  }
  return { file, name, version: version[1], major: Number(version[2]) }
}

/** @throws StartError when the server is newer than the program, which PostgreSQL refuses as well, only less clearly. */
export const requireAsNewAs = (
  { name, version, major }: PostgresTool,
  server: { version: string; major: number },
): void => {
  if (major >= server.major) return
  throw new StartError(
    `This ${name} is of PostgreSQL ${version} and cannot read a server of ${server.version}: install the client programs of PostgreSQL ${server.major} or newer, and let POSTGRES_BIN_DIR name their folder.`,
  )
}

/** How its programs reach a database: no password stands among the arguments, which everybody on the machine can read. */
const reach = (url: string): { address: string; env: Record<string, string> } => {
  const address = new URL(url)
  const password = decodeURIComponent(address.password)
  address.password = ''
  return { address: address.href, env: password ? { PGPASSWORD: password } : {} }
}

/**
 * A shell that runs a program and ends it when the pipe from this process breaks off: an orphan would go on with what nobody waits for.
 * Its exit code is that of the program.
 */
const endsWithUs = `exec 3<&0
"$@" 3<&- & tool=$!
{ read -r _ <&3; kill "$tool"; } >/dev/null 2>&1 & watch=$!
wait "$tool"; code=$?
kill "$watch" 2>/dev/null
exit "$code"`

/** Runs a program of PostgreSQL on a database; it ends when this process does. @throws StartError with its last words when it fails. */
export const runPostgresTool = (tool: PostgresTool, url: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const { address, env } = reach(url)
    const command = [tool.file, ...args, '--no-password', `--dbname=${address}`]
    const child = spawn('/bin/sh', ['-c', endsWithUs, 'sh', ...command], {
      env: { ...readEnvironment(), NODE_ENV: 'production', LC_ALL: 'C', ...env },
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) return resolve()
      const reason = said.trim().split('\n').slice(-5).join(' ')
      reject(new StartError(`${tool.name} failed: ${reason || `it ended with ${code ?? signal}`}`))
    })
  })
