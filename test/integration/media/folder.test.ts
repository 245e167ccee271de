import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe } from 'vitest'
import { describeMediaStore } from '../../support/describe-media-store'
import { openMediaWorld } from '../../support/media-world'
import { createTemporaryFolder } from '../../support/temporary-folder'

const folder = path.join(await createTemporaryFolder(), 'media')

/** The kernel lets this process write files of so many bytes at most, so a larger one ends in the middle, as on a full disk. */
const limitFiles = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`])

describe('media in a folder', () => {
  describeMediaStore(
    {
      env: { MEDIA_DIR: folder },
      open: openMediaWorld,
      names: async () => (existsSync(folder) ? readdir(folder) : []),
      read: (name) => readFile(path.join(folder, name)),
      faults: {
        'the disk takes no more': () => {
          limitFiles(40_000)
          return () => limitFiles('unlimited')
        },
      },
    },
    () => undefined,
  )
})
