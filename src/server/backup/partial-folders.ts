import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { dayMs } from '#shared/time'

/** Says which process writes this backup; not part of it. */
const runFile = 'run.json'
const run = z.object({ host: z.string(), pid: z.number().int().positive() })

/** The folder of a backup that is being written. @throws what the file system says, EEXIST where another run has it. */
export const makePartialFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { mode: 0o700 })
  await writeFile(path.join(folder, runFile), JSON.stringify({ host: hostname(), pid: process.pid }), { mode: 0o600 })
}

/** Takes away what says that it is being written. */
export const endPartialFolder = (folder: string): Promise<void> => rm(path.join(folder, runFile))

/**
 * Removes what runs have left in `target` that were killed. Whether one of another machine still lives cannot be seen: its folder goes after a day.
 * @returns the names of what was removed.
 */
export const removeDeadPartials = async (target: string): Promise<string[]> => {
  const names = (await readdir(target)).filter((name) => /^parley-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.partial$/.test(name))
  const dead: string[] = []
  for (const name of names.sort()) {
    const folder = path.join(target, name)
    if (!(await isDead(folder))) continue
    await rm(folder, { recursive: true, force: true })
    dead.push(name)
  }
  return dead
}

const isDead = async (folder: string): Promise<boolean> => {
  const found = await stat(folder).catch(() => undefined)
  if (!found) return false
  const text = await readFile(path.join(folder, runFile), 'utf8').catch(() => '')
  const owner = run.safeParse(parseJson(text)).data
  if (owner?.host === hostname() && !isRunning(owner.pid)) return true
  return Date.now() - found.mtimeMs > dayMs
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A process of somebody else may not be asked, and lives. */
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
