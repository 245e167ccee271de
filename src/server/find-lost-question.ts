/** What parses an address reads so many parameters, and leaves out the rest without a word. */
const most = 1_000

/** Those that have parts, each in brackets. */
const inParts = /^(?:where|select|populate|joins|sort)(?![\w.-])/

/**
 * What a query asks that would be left out when it is parsed, so that another question would be answered than was asked, or more records changed.
 * @param search the query as it was sent, with or without its question mark.
 * @returns what is wrong with it; undefined where all of it is read.
 */
export const findLostQuestion = (search: string): string | undefined => {
  const count = search.split('&').length
  if (count > most) return `The address has ${count} parameters, and may have ${most}.`
  for (const name of new URLSearchParams(search).keys()) {
    if (!inParts.test(name)) continue
    if (!/^\w+(?:\[[^[\]]*\])*$/.test(name)) {
      return `${name.slice(0, 120)} must be written with each part in brackets, as where[name][equals]=Ada.`
    }
    const lost = name.split(/[[\]]+/).find((part) => part in Object.prototype)
    if (lost !== undefined) return `${lost} is no field.`
  }
  return undefined
}
