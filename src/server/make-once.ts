import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { projectRoot } from './environment'
import { withFolderLock } from './folder-lock'

/** What is made of the sources and kept below `dir`: one folder a state of them, so that a new one never pulls the files from under a running process. */
export type MadeOnce = {
  /** Below the checkout. */
  dir: string
  /** 16 hexadecimal digits, which change with what is made. */
  hash: () => Promise<string>
  /** Makes it in this folder, whose path is below the checkout. */
  make: (folder: string) => Promise<void>
  /** What is said beforehand. */
  label: string
}

const kept = 3

const absolute = (relative: string): string => path.join(projectRoot, relative)

const removeOld = async (dir: string): Promise<void> => {
  const entries = await readdir(absolute(dir), { withFileTypes: true })
  const made = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && /^[0-9a-f]{16}$/.test(entry.name))
      .map(async ({ name }) => ({ name, at: (await stat(absolute(path.join(dir, name)))).mtimeMs })),
  )
  made.sort((a, b) => b.at - a.at)
  await Promise.all(
    made.slice(kept).map(({ name }) => rm(absolute(path.join(dir, name)), { recursive: true, force: true })),
  )
}

const writeWhole = async (file: string, text: string): Promise<void> => {
  await writeFile(`${file}.${process.pid}`, text)
  await rename(`${file}.${process.pid}`, file)
}

/**
 * Makes it unless it was made of the same sources already. One process at a time; the others wait and use it.
 * @returns the name of its folder in `dir`.
 */
export const makeOnce = async (
  { dir, hash, make, label }: MadeOnce,
  report: (line: string) => void,
): Promise<string> => {
  const name = await hash()
  const folder = path.join(dir, name)
  const finished = absolute(path.join(folder, 'FINISHED'))
  const isMade = async () => Boolean(await stat(finished).catch(() => undefined))
  await mkdir(absolute(dir), { recursive: true })
  if (!(await isMade())) {
    await withFolderLock(absolute(path.join(dir, 'lock')), {
      onWait: () => report('Waiting for another build'),
      run: async () => {
        if (await isMade()) return
        report(label)
        const startedAt = Date.now()
        await make(folder)
        await writeFile(finished, '')
        report(`Built in ${Math.round((Date.now() - startedAt) / 1000)} s`)
        await removeOld(dir)
      },
    })
  }
  return name
}

/** Says that this is the one to be used from now on. */
export const makeCurrent = (dir: string, text: string): Promise<void> =>
  writeWhole(absolute(path.join(dir, 'current')), text)

/** What was said last; nothing when there is none. */
export const readCurrent = (dir: string): Promise<string> =>
  readFile(absolute(path.join(dir, 'current')), 'utf8').catch(() => '')
