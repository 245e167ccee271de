import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { projectRoot } from './environment'

/** Everything that `next build` reads. Tests, documents and migrations are not among it. */
const inputs = [
  ...['src', 'collections', 'hooks', 'endpoints', 'public'],
  ...['payload.config.ts', 'next.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'],
]

const isInput = (file: string): boolean => !/^src\/(database\/migrations|extensions\/migrations|sandbox)\//.test(file)

const listFiles = async (entry: string): Promise<string[]> => {
  const entries = await readdir(path.join(projectRoot, entry), { recursive: true, withFileTypes: true }).catch(
    () => null,
  )
  if (!entries) return [entry]
  return entries.flatMap((file) =>
    file.isFile() ? path.relative(projectRoot, path.join(file.parentPath, file.name)).replaceAll(path.sep, '/') : [],
  )
}

/** Changes when, and only when, a build would come out differently. */
export const hashBuildInputs = async (): Promise<string> => {
  const files = (await Promise.all(inputs.map(listFiles))).flat().filter(isInput).sort()
  const hash = createHash('sha256').update(process.version)
  for (const file of files) {
    const content = await readFile(path.join(projectRoot, file)).catch(() => Buffer.from('absent'))
    hash.update(`\0${file}\0`).update(createHash('sha256').update(content).digest())
  }
  return hash.digest('hex')
}
