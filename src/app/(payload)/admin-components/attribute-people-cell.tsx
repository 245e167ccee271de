'use client'

import type { DefaultCellComponentProps, SelectFieldClient } from 'payload'
import { CellLink } from './lib/cell-link'
import { useWords } from './lib/use-words'

/** Who may read or set an attribute: staff, and who is named besides. */
export const AttributePeopleCell = (cell: DefaultCellComponentProps<SelectFieldClient, readonly string[] | null>) => {
  const { say, optionLabel } = useWords()
  return (
    <CellLink {...cell}>
      {[say('Staff'), ...(cell.cellData ?? []).map((one) => optionLabel(cell.field.options, one))].join(', ')}
    </CellLink>
  )
}
