import { repetitions } from './repetitions'

/** Each kind of history is played by two files, so that both cores have something to do. */
const files = 2

/** The same histories in each run, so that what fails was broken by a change; another number plays others. */
const seed = Number(process.env.PARLEY_PROPERTY_SEED ?? 20_261)

/** Those of a list that a file plays. */
export const shareOf = <Item>(file: number, items: Item[]): Item[] =>
  items.filter((_item, index) => index % files === file - 1)

/**
 * What fast-check is told: how many histories a file plays, and from which seed.
 * @param counts how many both files play when `PARLEY_PROPERTY_RUNS` does not say.
 */
export const historiesOf = (
  file: number,
  counts: { usual: number; long: number },
): { numRuns: number; seed: number } => ({
  numRuns: Math.ceil(Number(process.env.PARLEY_PROPERTY_RUNS ?? repetitions(counts)) / files),
  seed: seed + file,
})
