import { expect, it } from 'vitest'
import { checkSequences } from './check-sequences'
import { openMoneyWorld } from './money-world'

it('adds up after whatever happens in whatever order, and whenever a process is killed', async () => {
  await expect(checkSequences(await openMoneyWorld(), 1)).resolves.toBeUndefined()
}, 3_600_000)
