import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { settings } from '#settings'
import { backupFiles } from './manifest'

/**
 * Keeps the newest `keep` backups of this installation in `target` and removes the others. Backups of another installation (`SERVER_URL`) and whatever is no backup stay. @returns the names of what was removed.
 */
export const removeOldBackups = async (target: string, keep: number): Promise<string[]> => {
  const names = (await readdir(target)).filter((name) => /^parley-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/.test(name))
  const own: string[] = []
  for (const name of names.sort()) {
    if (await isOwn(path.join(target, name))) own.push(name)
  }
  const old = own.slice(0, Math.max(0, own.length - keep))
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
