export type PdfColumn = {
  label: string
  /** Its part of the width, against those of the other columns. */
  weight: number
  /** Amounts stand on the right. */
  align?: 'left' | 'right'
}

/** What a document is made of, from top to bottom. Texts may hold line breaks. */
export type PdfBlock =
  | { kind: 'title'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string; isSmall?: boolean }
  /** Names and values below each other. */
  | { kind: 'facts'; facts: readonly (readonly [name: string, value: string])[] }
  /** Blocks of lines beside each other, such as from whom and to whom. */
  | { kind: 'beside'; columns: readonly { label: string; lines: readonly string[] }[] }
  /** Every row has one text for each column; totals are set in bold below them. */
  | {
      kind: 'table'
      columns: readonly PdfColumn[]
      rows: readonly (readonly string[])[]
      totals?: readonly (readonly string[])[]
    }

/** A document as data. The same content always gives the same bytes. */
export type PdfContent = {
  title: string
  author: string
  /** BCP 47; what a reader's voice speaks. */
  language: string
  /** Epoch ms: of what the document is about, not of the moment in which it is drawn. */
  createdAt: number
  blocks: readonly PdfBlock[]
  /** Stands at the foot of every page, on one line. */
  footer: string
  /** "Page 1 of 2", in the document's language. */
  pageLabel?: (page: number, pages: number) => string
}
