'use client'

import type { DefaultCellComponentProps, JSONFieldClient } from 'payload'
import { factsOf } from './lib/facts'
import { useWords } from './lib/use-words'

/** What a JSON value says, on one line. */
export const JsonCell = ({ cellData }: DefaultCellComponentProps<JSONFieldClient, unknown>) => {
  const words = useWords()
  const facts = factsOf(cellData, words).map(({ name, value }) => (name ? `${name} ${value}` : value))
  return <span>{facts.join(', ') || '–'}</span>
}
