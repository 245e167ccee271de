export type FaultList<Fault> = {
  add: (fault: Fault) => void
  /** Uses up the first fault that fits, once: one that is to happen several times stays with one time less. */
  take: (fits: (fault: Fault) => boolean) => Fault | undefined
  clear: () => void
}

/** What is to go wrong, in the order in which it was asked for. */
export const createFaultList = <Fault extends { times?: number | undefined }>(): FaultList<Fault> => {
  const waiting: Fault[] = []
  return {
    add: (fault) => void waiting.push(fault),
    take: (fits) => {
      const index = waiting.findIndex(fits)
      const fault = waiting[index]
      if (!fault) return undefined
      const left = (fault.times ?? 1) - 1
      if (left > 0) waiting[index] = { ...fault, times: left }
      else waiting.splice(index, 1)
      return fault
    },
    clear: () => void waiting.splice(0),
  }
}
