'use client'

import type { DefaultCellComponentProps, SelectFieldClient } from 'payload'
import { CellLink } from './lib/cell-link'
import { useWords } from './lib/use-words'

/** Who may read or set an attribute: staff, and who is named besides. */
export const AttributePeopleCell = (cell: DefaultCellComponentProps<SelectFieldClient, readonly string[] | null>) => {
  const { language, say, optionLabel } = useWords()
  // Within the line; German writes its nouns with a capital.
  const nameOf = (one: string) => {
    const name = optionLabel(cell.field.options, one)
    return language === 'en' ? name.toLowerCase() : name
  }
  return <CellLink {...cell}>{[say('Staff'), ...(cell.cellData ?? []).map((one) => nameOf(one))].join(', ')}</CellLink>
}
