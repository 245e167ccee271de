import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { withFolderLock } from '#server/folder-lock'
import { createTemporaryFolder } from '../../support/temporary-folder'

it('lets one in at a time, also after a failure', async () => {
  const lock = path.join(await createTemporaryFolder(), 'lock')
  let inside = 0
  let most = 0
  const visit = (fails: boolean) =>
    withFolderLock(lock, {
      run: async () => {
        most = Math.max(most, ++inside)
        await new Promise((resolve) => setImmediate(resolve))
        inside--
        if (fails) throw new Error('as asked')
      },
    })
  const outcomes = await Promise.allSettled([visit(true), visit(false), visit(true), visit(false)])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
  expect(most).toBe(1)
})

it('passes on from a holder that was killed', async () => {
  const lock = path.join(await createTemporaryFolder(), 'lock')
  const holder = spawn(process.execPath, ['-e', 'process.exit()'])
  await once(holder, 'exit')
  await mkdir(lock)
  await writeFile(path.join(lock, 'pid'), String(holder.pid))
  expect(await withFolderLock(lock, { run: () => Promise.resolve('mine') })).toBe('mine')
})
