'use client'

import type { DefaultCellComponentProps, JSONFieldClient } from 'payload'
import { factsOf } from './lib/facts'

/** What a JSON value says, on one line. */
export const JsonCell = ({ cellData }: DefaultCellComponentProps<JSONFieldClient, unknown>) => {
  const facts = factsOf(cellData).map(({ name, value }) => (name ? `${name} ${value}` : value))
  return <span>{facts.join(', ') || '–'}</span>
}
