import { setImmediate } from 'node:timers/promises'
import type { PdfBlock, PdfColumn, PdfContent } from './pdf-content'
import type { PdfPen, PdfStyle } from './pdf-pen'

const body: PdfStyle = { size: 10 }
const small: PdfStyle = { size: 8.5, isMuted: true }
const label: PdfStyle = { size: 8.5, isMuted: true }
const cellPadding = 5
const gap = 16
/** Then others get their turn: a table of thousands would keep the process from answering anybody. */
const rowsAtOnce = 25

type Block<Kind extends PdfBlock['kind']> = Extract<PdfBlock, { kind: Kind }>

const drawLine = (pen: PdfPen, type: string, text: string, style: PdfStyle, below: number) => {
  const height = pen.heightOf(text, style, pen.width)
  pen.reserve(height)
  pen.write(type, text, { x: pen.left, y: pen.y, width: pen.width }, style)
  pen.y += height + below
}

/** Paragraph by paragraph, so that a long one is not torn off in the middle of its tag. */
const drawText = (pen: PdfPen, { text, isSmall }: Block<'text'>) => {
  for (const paragraph of text.split('\n')) drawLine(pen, 'P', paragraph, isSmall ? small : body, 2)
  pen.y += gap - 4
}

const drawFacts = (pen: PdfPen, { facts }: Block<'facts'>) => {
  const nameWidth = pen.width * 0.3
  pen.within('L', () => {
    for (const [name, value] of facts) {
      const valueWidth = pen.width - nameWidth
      const height = Math.max(pen.heightOf(name, label, nameWidth), pen.heightOf(value, body, valueWidth))
      pen.reserve(height)
      pen.within('LI', () => {
        pen.write('Lbl', name, { x: pen.left, y: pen.y + 1, width: nameWidth - cellPadding }, label)
        pen.write('LBody', value, { x: pen.left + nameWidth, y: pen.y, width: valueWidth }, body)
      })
      pen.y += height + 3
    }
  })
  pen.y += gap
}

const drawBeside = (pen: PdfPen, { columns }: Block<'beside'>) => {
  const width = (pen.width - gap * (columns.length - 1)) / Math.max(1, columns.length)
  const heightOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + pen.heightOf(line, body, width), 14)
  const height = Math.max(...columns.map(({ lines }) => heightOf(lines)))
  pen.reserve(height)
  columns.forEach((column, index) => {
    const x = pen.left + index * (width + gap)
    pen.within('Sect', () => {
      pen.write('P', column.label, { x, y: pen.y, width }, label)
      let y = pen.y + 14
      for (const line of column.lines) {
        pen.write('P', line, { x, y, width }, body)
        y += pen.heightOf(line, body, width)
      }
    })
  })
  pen.y += height + gap
}

type Cell = { text: string; x: number; width: number; align: 'left' | 'right' | undefined }

const toCells = (pen: PdfPen, columns: readonly PdfColumn[], row: readonly string[]): Cell[] => {
  const total = columns.reduce((sum, { weight }) => sum + weight, 0)
  let x = pen.left
  return columns.map(({ weight, align }, index) => {
    const width = (pen.width * weight) / total
    const cell = {
      text: row[index] ?? '',
      x: align === 'right' ? x + cellPadding : x,
      width: width - cellPadding,
      align,
    }
    x += width
    return cell
  })
}

const heightOfRow = (pen: PdfPen, cells: Cell[], style: PdfStyle) =>
  Math.max(...cells.map(({ text, width }) => pen.heightOf(text, style, width))) + 2 * cellPadding

const drawTable = async (pen: PdfPen, { columns, rows, totals = [] }: Block<'table'>) => {
  const headStyle: PdfStyle = { size: 8.5, isBold: true }
  const rowStyle: PdfStyle = { size: 9 }
  const totalStyle: PdfStyle = { size: 9.5, isBold: true }
  const head = toCells(
    pen,
    columns,
    columns.map((column) => column.label),
  )
  const headHeight = heightOfRow(pen, head, headStyle)

  const drawRow = (cells: Cell[], style: PdfStyle, type: 'TH' | 'TD') => {
    const height = heightOfRow(pen, cells, style)
    // On a new page the columns are named once more, for the eye: the tags name them already.
    if (pen.reserve(height)) {
      for (const cell of head)
        pen.decorate(cell.text, { ...cell, y: pen.y + cellPadding }, { ...headStyle, align: cell.align })
      pen.y += headHeight
      pen.rule(pen.y)
    }
    pen.within('TR', () => {
      for (const cell of cells) {
        const box = { x: cell.x, y: pen.y + cellPadding, width: cell.width }
        pen.write(type, cell.text, box, { ...style, align: cell.align }, type === 'TH' ? { scope: 'Column' } : {})
      }
    })
    pen.y += height
    pen.rule(pen.y)
  }

  // The head never stands alone at the end of a page.
  pen.reserve(headHeight * 2.5)
  await pen.withinLong('Table', async () => {
    drawRow(head, headStyle, 'TH')
    for (const [index, row] of rows.entries()) {
      if (index % rowsAtOnce === rowsAtOnce - 1) await setImmediate()
      drawRow(toCells(pen, columns, row), rowStyle, 'TD')
    }
    for (const row of totals) drawRow(toCells(pen, columns, row), totalStyle, 'TD')
  })
  pen.y += gap
}

const drawBlock = (pen: PdfPen, block: PdfBlock): Promise<void> | void => {
  switch (block.kind) {
    case 'title':
      return drawLine(pen, 'H1', block.text, { size: 20, isBold: true }, gap)
    case 'heading':
      return drawLine(pen, 'H2', block.text, { size: 12, isBold: true }, 6)
    case 'text':
      return drawText(pen, block)
    case 'facts':
      return drawFacts(pen, block)
    case 'beside':
      return drawBeside(pen, block)
    case 'table':
      return drawTable(pen, block)
  }
}

/** Draws a document: A4, tagged for screen readers, fonts embedded; the same content gives the same bytes. */
export const createPdf = async (content: PdfContent): Promise<Uint8Array<ArrayBuffer>> => {
  // What reads fonts takes megabytes, which most processes never need.
  const { createPdfPen } = await import('./pdf-pen')
  const pen = createPdfPen(content)
  for (const block of content.blocks) await drawBlock(pen, block)
  return pen.finish()
}
