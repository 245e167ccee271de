'use client'

import type { DateFieldClient, DefaultCellComponentProps } from 'payload'
import { CellLink } from './lib/cell-link'
import { formatCalendarDate } from './lib/format-instant'
import { useWords } from './lib/use-words'

/** A calendar date in a list: the same everywhere. */
export const CalendarDateCell = (cell: DefaultCellComponentProps<DateFieldClient>) => {
  const { locale } = useWords()
  return (
    <CellLink {...cell}>
      <span>{cell.cellData ? formatCalendarDate(new Date(cell.cellData).toISOString(), locale) : '–'}</span>
    </CellLink>
  )
}
