'use client'

import { getObjectDotNotation } from 'payload/shared'
import type { DefaultCellComponentProps, NumberFieldClient } from 'payload'
import { CellLink } from './lib/cell-link'
import { currencyPathOf } from './lib/money-text'
import { useWords } from './lib/use-words'

type Props = DefaultCellComponentProps<NumberFieldClient> & { currencyPath: string }

/** An amount of money in a list, in the currency of its row. */
export const AmountCell = ({ currencyPath, ...cell }: Props) => {
  const { money } = useWords()
  const path =
    'accessor' in cell.field && typeof cell.field.accessor === 'string' ? cell.field.accessor : cell.field.name
  const currency: unknown = getObjectDotNotation(cell.rowData, currencyPathOf(path, currencyPath))
  const amount: unknown = cell.cellData
  return (
    <CellLink {...cell}>
      <span className="parley-amount">{money(amount, currency) ?? (typeof amount === 'number' ? amount : '–')}</span>
    </CellLink>
  )
}
