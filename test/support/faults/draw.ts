/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const drawFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const shuffled = <Item>(items: readonly Item[], random: () => number): Item[] =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)

/** A fault that is to happen: when, in seconds from the start, for how long, and to which of its kind (from 0 to 1). */
export type DrawnFault<Name extends string> = { name: Name; at: number; seconds: number; which: number }

/** Pauses between two faults: in which some of them overlap with what the one before left to do. */
const pause = { least: 4, most: 14 }
const duration = { least: 3, most: 15 }

/** Faults for so many seconds: each once before any comes a second time. */
export const drawFaults = <Name extends string>(
  seed: number,
  { names, seconds }: { names: readonly Name[]; seconds: number },
): DrawnFault<Name>[] => {
  const random = drawFrom(seed)
  const between = ({ least, most }: { least: number; most: number }) => least + random() * (most - least)
  const drawn: DrawnFault<Name>[] = []
  let round: Name[] = []
  for (let at = between(pause); at < seconds;) {
    if (!round.length) round = shuffled(names, random)
    const name = round.shift()
    if (name === undefined) return drawn
    const fault = { name, at, seconds: between(duration), which: random() }
    drawn.push(fault)
    at += fault.seconds + between(pause)
  }
  return drawn
}
