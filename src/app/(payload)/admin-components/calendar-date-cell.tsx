'use client'

import type { DateFieldClient, DefaultCellComponentProps } from 'payload'
import { CellLink } from './lib/cell-link'
import { formatCalendarDate } from './lib/format-instant'

/** A calendar date in a list: the same everywhere. */
export const CalendarDateCell = (cell: DefaultCellComponentProps<DateFieldClient>) => (
  <CellLink {...cell}>
    <span>{cell.cellData ? formatCalendarDate(new Date(cell.cellData).toISOString()) : '–'}</span>
  </CellLink>
)
