'use client'

import { DefaultCell } from '@payloadcms/ui'
import type { DefaultCellComponentProps } from 'payload'
import { CellLink } from './lib/cell-link'
import { plainText } from './lib/plain-text'
import { usePick } from './lib/use-pick'
import { useWords } from './lib/use-words'

/** What a list shows where no cell of its own says it better: no brackets, no "true", and a dash for nothing. */
export const PlainCell = (cell: DefaultCellComponentProps) => {
  const { say } = useWords()
  const pick = usePick(cell)
  const text = plainText(cell.cellData, say)
  if (text === undefined) {
    const picks = cell.link && pick ? { className: 'default-cell__first-cell', link: false, onClick: pick } : {}
    return <DefaultCell {...cell} {...picks} />
  }
  return (
    <CellLink {...cell}>
      <span>{text}</span>
    </CellLink>
  )
}
