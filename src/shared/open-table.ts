/**
 * A table of the product to which an installation adds rows: providers, channels, languages, kinds of messages. The composition adds them once,
 * before anything is served, so whoever reads the table by its functions sees the same rows for as long as the process lives. What is derived
 * from it has to be derived when it is asked for, not when a file is loaded.
 */
export type OpenTable<Row, Name extends string = string> = {
  /**
   * Puts the rows of an installation beside the product's; instead of those that were added before.
   * @throws Error when a name is taken, or is not a name.
   */
  extend: (added: Readonly<Record<string, Row>>) => void
  /** @throws RangeError when there is no such row: what is stored was made with an extension that is gone. */
  row: (name: Name) => Row
  has: (name: string) => name is Name
  names: () => Name[]
  entries: () => [Name, Row][]
}

const goodName = /^[a-z][a-z0-9_-]{0,39}$/

/**
 * @param what one of its rows, for messages: `meeting provider`.
 * @param builtIn the product's own rows, by name.
 */
export const openTable = <Row, Name extends string = string>(
  what: string,
  builtIn: Readonly<Record<string, Row>>,
): OpenTable<Row, Name> => {
  let rows: ReadonlyMap<string, Row> = new Map(Object.entries(builtIn))
  // What the table has under a name is a name.
  const has = (name: string): name is Name => rows.has(name)
  return {
    extend: (added) => {
      for (const name of Object.keys(added)) {
        if (!goodName.test(name)) {
          throw new Error(
            `"${name}" cannot name a ${what}: use up to 40 small letters, digits, - and _, a letter first.`,
          )
        }
        if (Object.hasOwn(builtIn, name)) throw new Error(`There is a ${what} "${name}" already; choose another name.`)
      }
      rows = new Map(Object.entries({ ...builtIn, ...added }))
    },
    row: (name) => {
      const row = rows.get(name)
      if (row === undefined) throw new RangeError(`There is no ${what} "${name}".`)
      return row
    },
    has,
    names: () => [...rows.keys()].filter(has),
    entries: () => [...rows].flatMap(([name, row]): [Name, Row][] => (has(name) ? [[name, row]] : [])),
  }
}

/**
 * Rows that say their name themselves, as a table takes them.
 * @throws Error when two have the same.
 */
export const rowsByName = <Row extends { name: string }>(what: string, rows: readonly Row[]): Record<string, Row> => {
  const found: Record<string, Row> = {}
  for (const row of rows) {
    if (Object.hasOwn(found, row.name))
      throw new Error(`There are two rows "${row.name}": each ${what} needs a name of its own.`)
    found[row.name] = row
  }
  return found
}
