import fc from 'fast-check'
import { historiesOf, shareOf } from '../../support/random-histories'
import { accounts, crash, histories } from './commands'
import { directedHistories } from './directed-histories'
import { Sequence } from './sequence'
import type { SyncWorld } from './sync-world'

/** Plays random histories of sessions and calendars, and looks at the end of each whether both sides agree. A failure names its steps. */
export const checkSequences = async (world: SyncWorld, file: number): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(accounts, crash, histories, crash, async (account, firstCrash, history, lastCrash) => {
      const sequence = new Sequence(world, account)
      try {
        await sequence.begin({ crash: firstCrash })
        for (const step of history) await step.run(sequence)
        await sequence.expectSound({ crash: lastCrash })
      } finally {
        await sequence.putAway()
      }
    }),
    {
      ...historiesOf(file, { usual: 20, long: 500 }),
      examples: shareOf(file, directedHistories),
    },
  )
}
