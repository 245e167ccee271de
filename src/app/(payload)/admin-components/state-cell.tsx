'use client'

import type { DefaultCellComponentProps, SelectFieldClient } from 'payload'
import { CellLink } from './lib/cell-link'
import { StatePill } from './lib/state-pill'
import { useWords } from './lib/use-words'

/** A state in a list, by its label. */
export const StateCell = (cell: DefaultCellComponentProps<SelectFieldClient>) => {
  const { optionLabel } = useWords()
  const state: unknown = cell.cellData
  return (
    <CellLink {...cell}>
      {typeof state === 'string' ? (
        <StatePill state={state} label={optionLabel(cell.field.options, state)} />
      ) : (
        <span>–</span>
      )}
    </CellLink>
  )
}
