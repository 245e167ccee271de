/** JSON in the browser's storage. Private modes and full disks refuse it, and then the page simply remembers nothing. */

type Area = 'localStorage' | 'sessionStorage'

export const readStored = <T>(area: Area, key: string, isValid: (value: unknown) => value is T): T | undefined => {
  try {
    const text = window[area].getItem(key)
    const value: unknown = text === null ? undefined : JSON.parse(text)
    return isValid(value) ? value : undefined
  } catch {
    return undefined
  }
}

export const writeStored = (area: Area, key: string, value: unknown): void => {
  try {
    if (value === undefined) window[area].removeItem(key)
    else window[area].setItem(key, JSON.stringify(value))
  } catch {
    // Nothing to do: the value lives on in memory for as long as the page does.
  }
}
