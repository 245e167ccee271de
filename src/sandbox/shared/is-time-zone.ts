const zones = new Map<string, boolean>()

/** Whether it is the name of a zone; an offset such as `+01:00` is none. */
export const isTimeZone = (name: string): boolean => {
  const known = zones.get(name)
  if (known !== undefined) return known
  let isKnown = !/^[+-]/.test(name)
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
  } catch {
    isKnown = false
  }
  zones.set(name, isKnown)
  return isKnown
}
