/** What a key of a table of labels or states is called; the key itself when the table does not know it. */
export const labelIn = (table: Readonly<Record<string, string | { label: string }>>, key: string): string => {
  const row = Object.hasOwn(table, key) ? table[key] : undefined
  if (row === undefined) return key
  return typeof row === 'string' ? row : row.label
}
