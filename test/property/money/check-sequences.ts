import fc from 'fast-check'
import { historiesOf } from '../../support/random-histories'
import { crash, histories } from './commands'
import { currencyNames, type MoneyWorld } from './money-world'
import { Sequence } from './sequence'

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
    historiesOf(file, { usual: 60, long: 2_000 }),
  )
}
