import { readFileSync } from 'node:fs'

/** The parent of `pid`; undefined where the system does not show it, or when `pid` is gone. */
const parentOf = (pid: number): number | undefined => {
  try {
    // "pid (command) state parent …", and the command may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
    return Number(fields?.[1]) || undefined
  } catch {
    return undefined
  }
}

const ancestors = (): string => `${process.ppid} ${parentOf(process.ppid)}`

/**
 * Calls `stop` when the npm that started us is gone, killed as it may be: without it we would stay behind, on the port of
 * the next start. npm runs us through a shell, so its death shows one generation further up.
 */
export const whenAbandoned = (stop: () => void): void => {
  const first = ancestors()
  const timer = setInterval(() => {
    if (ancestors() === first) return
    clearInterval(timer)
    stop()
  }, 300)
  timer.unref()
}
