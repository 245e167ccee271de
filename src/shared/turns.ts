/** What there are only so many of at the same time, for each key. */
export type Turns = {
  /**
   * Waits for a turn: first come, first served.
   * @returns how to give it back; undefined when it was not had in time, or when too many wait already.
   */
  take: (key: string, most: number) => Promise<(() => void) | undefined>
}

type Line = { taken: number; waiting: Set<(turn: boolean) => void> }

/**
 * Turns of which each key has so many at the same time. Whoever comes later waits for a moment, and no more than so many do.
 * @param options.waitMs how long; 0: not at all.
 * @param options.mostWaiting for one key.
 */
export const createTurns = ({ waitMs, mostWaiting }: { waitMs: number; mostWaiting: number }): Turns => {
  const lines = new Map<string, Line>()

  const giveBack = (key: string, line: Line): (() => void) => {
    let isGiven = false
    return () => {
      if (isGiven) return
      isGiven = true
      const [next] = line.waiting
      if (next) {
        next(true)
        return
      }
      line.taken--
      if (line.taken === 0) lines.delete(key)
    }
  }

  const wait = (line: Line): Promise<boolean> =>
    new Promise((resolve) => {
      const end = (turn: boolean) => {
        clearTimeout(timer)
        line.waiting.delete(end)
        resolve(turn)
      }
      const timer = setTimeout(() => end(false), waitMs)
      line.waiting.add(end)
    })

  return {
    take: async (key, most) => {
      const line = lines.get(key) ?? { taken: 0, waiting: new Set() }
      lines.set(key, line)
      if (line.taken < most && !line.waiting.size) {
        line.taken++
        return giveBack(key, line)
      }
      if (line.waiting.size >= mostWaiting || !waitMs) return undefined
      return (await wait(line)) ? giveBack(key, line) : undefined
    },
  }
}
