import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cleanUpLater } from './clean-up'

/** Other accounts may enter it; gone after the last test of this file. */
export const createTemporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-folder-'))
  await chmod(folder, 0o755)
  cleanUpLater(() => rm(folder, { recursive: true, force: true }))
  return folder
}
