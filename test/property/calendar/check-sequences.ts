import fc from 'fast-check'
import { accounts, crash, histories } from './commands'
import { Sequence } from './sequence'
import type { SyncWorld } from './sync-world'

/** In all; each file of this folder plays its share. */
const runs = Number(process.env.PARLEY_PROPERTY_RUNS ?? 100)
const files = 2
/** The same histories in each run, so that what fails was broken by a change; another number plays others. */
const seed = Number(process.env.PARLEY_PROPERTY_SEED ?? 20_261)

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
      numRuns: Math.ceil(runs / files),
      seed: seed + file,
    },
  )
}
