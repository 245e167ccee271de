/** Uses up the first fault that fits, once: one that is to happen several times stays with one time less. */
export const takeFault = <T extends { times?: number | undefined }>(
  list: T[],
  fits: (fault: T) => boolean,
): T | undefined => {
  const index = list.findIndex(fits)
  const fault = list[index]
  if (!fault) return undefined
  const left = (fault.times ?? 1) - 1
  if (left > 0) list[index] = { ...fault, times: left }
  else list.splice(index, 1)
  return fault
}
