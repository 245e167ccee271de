'use client'

import { DefaultCell } from '@payloadcms/ui'
import type { DefaultCellComponentProps } from 'payload'
import { CellLink } from './lib/cell-link'
import { plainText } from './lib/plain-text'

/** What a list shows where no cell of its own says it better: no brackets, no "true", and a dash for nothing. */
export const PlainCell = (cell: DefaultCellComponentProps) => {
  const text = plainText(cell.cellData)
  if (text === undefined) return <DefaultCell {...cell} />
  return (
    <CellLink {...cell}>
      <span>{text}</span>
    </CellLink>
  )
}
