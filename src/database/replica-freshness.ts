/** Where the primary's log of writes stood at a moment (ms, of a clock that never goes back). */
type Sample = { at: number; position: bigint }

/** More is not needed to say how far behind a replica is: what is older counts as that old. */
const mostSamples = 1_000

export type ReplicaFreshness = {
  /** The primary's log stood at `position` when it was asked at `at`, or later. */
  note: (sample: Sample) => void
  /** The replica has everything up to `position`. */
  reach: (position: bigint) => void
  /** Nothing is known any more. */
  doubt: () => void
  /** Everything that was committed before this moment is in the replica; undefined when that is not known. */
  freshAt: () => number | undefined
}

/**
 * How new a replica is, without a clock of another machine and without anything being written for it: it has all that was committed before a
 * moment at which the primary's log stood where the replica has come to by now. A primary that writes nothing leaves no replica behind.
 */
export const followFreshness = (): ReplicaFreshness => {
  let samples: Sample[] = []
  let fresh: number | undefined
  let last = 0n
  return {
    note: (sample) => {
      samples.push(sample)
      if (samples.length > mostSamples) samples.shift()
    },
    reach: (position) => {
      // It was started anew from further back.
      if (position < last) fresh = undefined
      last = position
      const reached = samples.filter((sample) => sample.position <= position)
      samples = samples.filter((sample) => sample.position > position)
      for (const { at } of reached) fresh = Math.max(fresh ?? at, at)
    },
    doubt: () => {
      fresh = undefined
    },
    freshAt: () => fresh,
  }
}
