import fc from 'fast-check'
import { crash, histories } from './commands'
import { currencyNames, type MoneyWorld } from './money-world'
import { Sequence } from './sequence'

/** In all; each file of this folder plays its share. */
const runs = Number(process.env.PARLEY_PROPERTY_RUNS ?? 500)
const files = 2
/** The same histories in each run, so that what fails was broken by a change; another number plays others. */
const seed = Number(process.env.PARLEY_PROPERTY_SEED ?? 20_261)

/** Plays random histories of bookings, and looks at the end of each whether everything adds up. A failure names its steps. */
export const checkSequences = async (world: MoneyWorld, file: number): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...currencyNames), histories, crash, async (currency, history, lastCrash) => {
      const sequence = new Sequence(world, currency)
      try {
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
