import { execFile, spawn } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { cleanUpLater } from './clean-up'
import type { TestDatabase } from './database'
import { startWebProcess, startWorkerProcess, type ServerProcess, type WebProcess } from './servers'

const execute = promisify(execFile)

type Env = Record<string, string>

export type Ended = {
  code: number | null
  /** What it wrote to stdout and stderr. */
  output: string
}

export type ProductCopy = {
  folder: string
  /** `npm run <script> -- <args>` as a person does it, with nothing of this run's environment but `env`. */
  npm: (script: string, options?: { args?: string[]; env?: Env }) => Promise<Ended>
  /** `npx <command> <args>`, of what the product has installed. */
  npx: (command: string, options?: { args?: string[]; env?: Env }) => Promise<Ended>
  startWeb: (options: { database: TestDatabase; env?: Env; pages?: boolean; compiled?: boolean }) => Promise<WebProcess>
  startWorker: (options: { database: TestDatabase; env?: Env; compiled?: boolean }) => Promise<ServerProcess>
  /** Builds the pages, for `startWeb` with `pages`, and compiles the processes. Takes a minute. */
  build: () => Promise<Ended>
  read: (file: string) => Promise<string>
  write: (file: string, text: string) => Promise<void>
  /** Replaces what stands in `file`; throws when `from` does not. */
  edit: (file: string, from: string, to: string) => Promise<void>
  remove: (file: string) => Promise<void>
  /** Which files are other than in this checkout, new or gone; not what git leaves out. */
  listChanges: () => Promise<string[]>
}

const root = process.cwd()

/** Ignored by git, lint and the compiler, and on the disk of `node_modules`. */
const place = path.join(root, '.next', 'copies')

/** What git knows of, and what it would take. */
const listProductFiles = async (): Promise<string[]> => {
  const { stdout } = await execute('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 10_000_000,
  })
  const names = [...new Set(stdout.split('\0'))].filter(Boolean)
  const present = await Promise.all(
    names.map((name) =>
      stat(path.join(root, name)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return names.filter((_, index) => present[index])
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The same few names in every run: what Node has compiled is kept by path. A run that was killed has left its folders behind. */
const takeFolder = async (): Promise<string> => {
  for (let number = 1; ; number++) {
    const folder = path.join(place, String(number))
    const owner = `${folder}.pid`
    await mkdir(place, { recursive: true })
    const taken = await writeFile(owner, String(process.pid), { flag: 'wx' }).then(
      () => true,
      async () => {
        const pid = Number(await readFile(owner, 'utf8').catch(() => ''))
        if (!pid || isAlive(pid)) return false
        await writeFile(owner, String(process.pid))
        return true
      },
    )
    if (!taken) continue
    await rm(folder, { recursive: true, force: true })
    cleanUpLater(async () => {
      await rm(folder, { recursive: true, force: true })
      await rm(owner, { force: true })
    })
    return folder
  }
}

const endGroup = (pid: number | undefined): void => {
  try {
    if (pid) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

const runIn = (folder: string, command: string, args: string[], env: Env): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env
    const child = spawn(command, args, {
      cwd: folder,
      env: { NODE_ENV: '', PATH, HOME, NODE_COMPILE_CACHE, ...env } as unknown as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what it has started can be ended with it.
      detached: true,
    })
    let output = ''
    const keep = (chunk: Buffer) => (output += chunk.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
    cleanUpLater(() => endGroup(child.pid))
  })

/**
 * A copy of this checkout as somebody installs it, gone after the last test of this file. `extensions` is the folder that
 * stands in it as `src/extensions/`; without it, it is the product as it is.
 */
export const copyProduct = async ({ extensions }: { extensions?: string } = {}): Promise<ProductCopy> => {
  const folder = await takeFolder()
  const files = await listProductFiles()
  const folders = new Set(files.map((file) => path.dirname(path.join(folder, file))))
  for (const one of folders) await mkdir(one, { recursive: true })
  await Promise.all(files.map((file) => cp(path.join(root, file), path.join(folder, file))))
  if (extensions) await cp(path.join(root, extensions), path.join(folder, 'src/extensions'), { recursive: true })
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))

  const read = (file: string) => readFile(path.join(folder, file), 'utf8')
  const write = async (file: string, text: string) => {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
    await writeFile(path.join(folder, file), text)
  }
  return {
    folder,
    read,
    write,
    edit: async (file, from, to) => {
      const text = await read(file)
      if (!text.includes(from)) throw new Error(`${file} does not contain: ${from}`)
      await write(
        file,
        text.replace(from, () => to),
      )
    },
    remove: (file) => rm(path.join(folder, file)),
    npm: (script, { args = [], env = {} } = {}) =>
      runIn(folder, 'npm', ['run', '--silent', script, '--', ...args], env),
    npx: (command, { args = [], env = {} } = {}) =>
      runIn(folder, path.join(folder, 'node_modules/.bin', command), args, env),
    startWeb: (options) => startWebProcess({ ...options, folder }),
    startWorker: (options) => startWorkerProcess({ ...options, folder }),
    build: async () => {
      await ownPackages(folder)
      return runIn(folder, 'npm', ['run', '--silent', 'build'], {})
    },
    listChanges: () => listChanges(folder, files),
  }
}

/** Next refuses packages from outside of what it builds, so the copy gets a tree of links to the same files. */
const ownPackages = async (folder: string): Promise<void> => {
  const packages = path.join(folder, 'node_modules')
  await unlink(packages)
  await execute('cp', [process.platform === 'linux' ? '-al' : '-R', path.join(root, 'node_modules'), packages])
}

const listChanges = async (folder: string, files: string[]): Promise<string[]> => {
  const left = new Set([
    'node_modules',
    '.next',
    '.next.tsconfig.json',
    'next-env.d.ts',
    '.data',
    'tsconfig.tsbuildinfo',
  ])
  const entries = await readdir(folder)
  const found = new Set<string>()
  for (const entry of entries.filter((name) => !left.has(name))) {
    const all = await readdir(path.join(folder, entry), { recursive: true, withFileTypes: true }).catch(() => undefined)
    if (!all) found.add(entry)
    for (const one of all ?? []) if (one.isFile()) found.add(path.relative(folder, path.join(one.parentPath, one.name)))
  }
  const isOther = async (file: string): Promise<boolean> => {
    const [here, there] = await Promise.all(
      [root, folder].map((base) => readFile(path.join(base, file)).catch(() => undefined)),
    )
    return !here || !there || !here.equals(there)
  }
  const all = [...new Set([...files, ...found])].sort()
  const other = await Promise.all(all.map(isOther))
  return all.filter((_, index) => other[index])
}
