import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const isAbandoned = async (lock: string): Promise<boolean> => {
  const pid = Number(await readFile(path.join(lock, 'pid'), 'utf8').catch(() => ''))
  if (pid) return !isAlive(pid)
  // Between the two steps of taking it, or killed there.
  const made = await stat(lock).catch(() => undefined)
  return made !== undefined && Date.now() - made.mtimeMs > 5_000
}

/** Runs `run` while no other process of this machine does so for the same `lock`; a killed holder's lock passes on. */
export const withFolderLock = async <T>(
  lock: string,
  { run, onWait }: { run: () => Promise<T>; onWait?: () => void },
): Promise<T> => {
  await mkdir(path.dirname(lock), { recursive: true })
  for (let hasSaid = false; ;) {
    try {
      await mkdir(lock)
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    if (await isAbandoned(lock)) {
      await rm(lock, { recursive: true, force: true })
      continue
    }
    if (!hasSaid) onWait?.()
    hasSaid = true
    await delay(200)
  }
  try {
    await writeFile(path.join(lock, 'pid'), String(process.pid))
    return await run()
  } finally {
    await rm(lock, { recursive: true, force: true })
  }
}
