'use client'

import type { DateFieldClient, DefaultCellComponentProps } from 'payload'
import { CellLink } from './lib/cell-link'
import { InstantText } from './lib/instant-text'

/** An instant in a list, on the clock of whoever looks. */
export const InstantCell = (cell: DefaultCellComponentProps<DateFieldClient>) => (
  <CellLink {...cell}>
    {cell.cellData ? <InstantText instant={new Date(cell.cellData).toISOString()} /> : <span>–</span>}
  </CellLink>
)
