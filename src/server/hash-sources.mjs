// Plain JavaScript: src/server/run.mjs asks it before anything that reads TypeScript is loaded.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** What the processes and the pages are made of. Tests and documents are not among it. */
const inputs = [
  ...['src', 'collections', 'hooks', 'endpoints', 'public'],
  ...['payload.config.ts', 'next.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'],
]

/**
 * @param {string} root
 * @param {string} entry
 * @returns {Promise<string[]>}
 */
const listFiles = async (root, entry) => {
  const entries = await readdir(path.join(root, entry), { recursive: true, withFileTypes: true }).catch(() => null)
  if (!entries) return [entry]
  return entries.flatMap((file) =>
    file.isFile() ? path.relative(root, path.join(file.parentPath, file.name)).replaceAll(path.sep, '/') : [],
  )
}

/**
 * A digest of the sources, as 16 hexadecimal digits: it changes when, and only when, what is made of them would come out differently.
 * @param {string} root the checkout.
 * @param {(file: string) => boolean} isMeant which files count, by their paths below the checkout.
 * @returns {Promise<string>}
 */
export const hashSources = async (root, isMeant) => {
  const files = (await Promise.all(inputs.map((entry) => listFiles(root, entry)))).flat().filter(isMeant).sort()
  const hash = createHash('sha256').update(process.version)
  for (const file of files) {
    const content = await readFile(path.join(root, file)).catch(() => Buffer.from('absent'))
    hash.update(`\0${file}\0`).update(createHash('sha256').update(content).digest())
  }
  return hash.digest('hex').slice(0, 16)
}

/**
 * Of what the processes are compiled, beside the packages: not of the pages, nor of the snapshots beside the migrations.
 * @param {string} file
 * @returns {boolean}
 */
export const isServerSource = (file) =>
  !/^(public|src\/app)\/|^next\.config\.mjs$/.test(file) && !/\/migrations\/.*\.json$/.test(file)

/**
 * Of what the pages are made: not of migrations, nor of sandboxes.
 * @param {string} file
 * @returns {boolean}
 */
export const isPageSource = (file) => !/^src\/(database\/migrations|extensions\/migrations|sandbox)\//.test(file)
