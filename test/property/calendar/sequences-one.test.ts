import { expect, it } from 'vitest'
import { checkSequences } from './check-sequences'
import { openSyncWorld } from './sync-world'

it('agrees with Google whatever either side does in whatever order, and whenever a process is killed', async () => {
  await expect(checkSequences(await openSyncWorld(), 1)).resolves.toBeUndefined()
}, 3_600_000)
