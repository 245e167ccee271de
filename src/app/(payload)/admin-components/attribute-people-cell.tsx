'use client'

import type { DefaultCellComponentProps, SelectFieldClient } from 'payload'
import { CellLink } from './lib/cell-link'
import { labelOfOption } from './lib/option-label'

/** Who may read or set an attribute: staff, and who is named besides. */
export const AttributePeopleCell = (cell: DefaultCellComponentProps<SelectFieldClient, readonly string[] | null>) => (
  <CellLink {...cell}>
    {['Staff', ...(cell.cellData ?? []).map((one) => labelOfOption(cell.field.options, one).toLowerCase())].join(', ')}
  </CellLink>
)
