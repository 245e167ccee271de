import { inLanguage, type Label } from '#shared/words'

export type LabelTable = Readonly<Record<string, Label | { label: Label }>>

/** What a key of a table of labels or states is called in a language; the key itself when the table does not know it. */
export const labelInTable = (table: LabelTable, key: string, language: string): string => {
  const row = Object.hasOwn(table, key) ? table[key] : undefined
  if (row === undefined) return key
  return inLanguage(typeof row === 'object' && 'label' in row ? row.label : row, language)
}
