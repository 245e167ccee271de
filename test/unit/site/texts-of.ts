/** Every text of a table of words, by where it stands; texts that take something are given numbers. */
export const textsOf = (words: object, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    const place = `${path}${name}`
    if (typeof value === 'string') return [[place, value]]
    if (typeof value === 'function') return [[place, String((value as (...given: number[]) => unknown)(7, 8))]]
    return textsOf(value as object, `${place}.`)
  })
