'use client'

import type { DefaultCellComponentProps, SelectFieldClient } from 'payload'
import { CellLink } from './lib/cell-link'
import { labelOfOption } from './lib/option-label'
import { StatePill } from './lib/state-pill'

/** A state in a list, by its label. */
export const StateCell = (cell: DefaultCellComponentProps<SelectFieldClient>) => {
  const state: unknown = cell.cellData
  return (
    <CellLink {...cell}>
      {typeof state === 'string' ? (
        <StatePill state={state} label={labelOfOption(cell.field.options, state)} />
      ) : (
        <span>–</span>
      )}
    </CellLink>
  )
}
