import { readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { settings } from '#settings'
import { dayMs } from '#shared/time'
import { backupFiles } from './manifest'

/**
 * Keeps the newest `keep` backups of this installation in `target` and removes the others, and what a run that was killed more than a day ago
 * has left. Backups of another installation (`SERVER_URL`) and whatever is no backup stay. @returns the names of what was removed.
 */
export const removeOldBackups = async (target: string, keep: number): Promise<string[]> => {
  const names = (await readdir(target)).filter((name) =>
    /^parley-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(\.partial)?$/.test(name),
  )
  const own: string[] = []
  const old: string[] = []
  for (const name of names.sort()) {
    const folder = path.join(target, name)
    if (name.endsWith('.partial')) {
      const found = await stat(folder).catch(() => undefined)
      if (found && Date.now() - found.mtimeMs > dayMs) old.push(name)
    } else if (await isOwn(folder)) own.push(name)
  }
  old.push(...own.slice(0, Math.max(0, own.length - keep)))
  for (const name of old) await rm(path.join(target, name), { recursive: true, force: true })
  return old
}

/** By what its manifest says, whatever its format. */
const isOwn = async (folder: string): Promise<boolean> => {
  try {
    const said = JSON.parse(await readFile(path.join(folder, backupFiles.manifest), 'utf8')) as Record<string, unknown>
    return said.product === 'parley' && said.serverUrl === settings.serverUrl
  } catch {
    return false
  }
}
