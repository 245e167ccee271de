import { cleanParagraph } from '#shared/clean-text'
import { createRequire } from 'node:module'
import path from 'node:path'
import PDFDocument from 'pdfkit'
import type { PdfContent } from './pdf-content'

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- its types are namespaces, and only one can add to another
  namespace PDFKit.Mixins {
    // pdfkit takes it; its types do not know it yet.
    interface StructureElementOptions {
      /** Whether a heading cell is one of its column. */
      scope?: 'Column'
    }
  }
}

/** In points. */
export const pdfMargin = 56
const footerHeight = 28

export type PdfStyle = { size: number; isBold?: boolean; isMuted?: boolean; align?: 'left' | 'right' | undefined }

/** What people have written, also before input was looked at: nothing in it is unseen, turns the line around, or has no glyph to be drawn with. */
const legible = (text: string): string => cleanParagraph(text, 20_000)

/** Where a text stands and how wide it may be; points, from the top left corner of the page. */
export type PdfBox = { x: number; y: number; width: number }

type Structure = ReturnType<PDFKit.PDFDocument['struct']>

/** Draws tagged texts, and knows where the next one goes. */
export type PdfPen = {
  /** Where the next block begins. */
  y: number
  readonly left: number
  readonly width: number
  /** How high a text of that style is in that width. */
  heightOf: (text: string, style: PdfStyle, width: number) => number
  /** Begins a new page unless so much is left on this one. @returns whether it did. */
  reserve: (height: number) => boolean
  /** A group such as a table or its row; what is drawn inside belongs to it. */
  within: (type: string, draw: () => void) => void
  /** The same for what is drawn bit by bit. */
  withinLong: (type: string, draw: () => Promise<void>) => Promise<void>
  /** One text of its own meaning (H1, P, TH, TD …). */
  write: (type: string, text: string, box: PdfBox, style: PdfStyle, options?: { scope?: 'Column' }) => void
  /** The same for the eye alone: repeated or decorative. */
  decorate: (text: string, box: PdfBox, style: PdfStyle) => void
  /** A thin line across the page. */
  rule: (y: number) => void
  /** The document's bytes, with the foot of every page. */
  finish: () => Promise<Uint8Array<ArrayBuffer>>
}

/** DejaVu Sans: Latin with all its accents, Greek, Cyrillic, and the signs of all currencies. Only what is used is embedded. */
const fontFile = (name: 'DejaVuSans' | 'DejaVuSans-Bold'): string => {
  // Not the font itself: a bundler would try to make a module of every font there.
  const manifest = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')
  return path.join(path.dirname(manifest), 'ttf', `${name}.ttf`)
}

const ink = '#111827'
const mutedInk = '#4b5563'
const ruleInk = '#d1d5db'

/** A4, tagged, with title and language, so that it can be read aloud (PDF/UA asks for these). */
export const createPdfPen = (
  content: Pick<PdfContent, 'title' | 'author' | 'language' | 'createdAt' | 'footer' | 'pageLabel'>,
): PdfPen => {
  const createdAt = new Date(content.createdAt)
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: pdfMargin, bottom: pdfMargin + footerHeight, left: pdfMargin, right: pdfMargin },
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: content.language,
    font: fontFile('DejaVuSans'),
    bufferPages: true,
    info: { Title: content.title, Author: content.author, CreationDate: createdAt, ModDate: createdAt },
  })
  // By their files, not by registered names: pdfkit reads a font anew at every use of another name for one that it knows.
  const [regular, bold] = [fontFile('DejaVuSans'), fontFile('DejaVuSans-Bold')]
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))

  const root = doc.struct('Document')
  doc.addStructure(root)
  let parent: Structure = root

  const use = ({ size, isBold, isMuted }: PdfStyle) =>
    doc
      .font(isBold ? bold : regular)
      .fontSize(size)
      .fillColor(isMuted ? mutedInk : ink)

  const put = (text: string, { x, y, width }: PdfBox, style: PdfStyle) => {
    use(style).text(legible(text), x, y, { width, align: style.align ?? 'left', lineGap: 2 })
  }

  const artifact = (draw: () => void) => {
    doc.markContent('Artifact', { type: 'Layout' })
    draw()
    doc.endMarkedContent()
  }

  const enter = (type: string): (() => void) => {
    const [outer, group] = [parent, doc.struct(type)]
    outer.add(group)
    parent = group
    return () => {
      group.end()
      parent = outer
    }
  }

  const pen: PdfPen = {
    y: pdfMargin,
    left: pdfMargin,
    width: doc.page.width - 2 * pdfMargin,
    heightOf: (text, style, width) => use(style).heightOfString(legible(text), { width, lineGap: 2 }),
    reserve: (height) => {
      if (pen.y + height <= doc.page.maxY() || pen.y === pdfMargin) return false
      doc.addPage()
      pen.y = pdfMargin
      return true
    },
    within: (type, draw) => {
      const leave = enter(type)
      draw()
      leave()
    },
    withinLong: async (type, draw) => {
      const leave = enter(type)
      await draw()
      leave()
    },
    write: (type, text, box, style, options = {}) => {
      const element = doc.struct(type, options, () => put(text, box, style))
      parent.add(element)
    },
    decorate: (text, box, style) => artifact(() => put(text, box, style)),
    rule: (y) =>
      artifact(() =>
        doc
          .moveTo(pdfMargin, y)
          .lineTo(pdfMargin + pen.width, y)
          .lineWidth(0.5)
          .strokeColor(ruleInk)
          .stroke(),
      ),
    finish: () => {
      root.end()
      const { count } = doc.bufferedPageRange()
      const label = content.pageLabel ?? ((page, pages) => `Page ${page} of ${pages}`)
      for (let page = 0; page < count; page++) {
        doc.switchToPage(page)
        // Below the margin, where a text would begin another page.
        doc.page.margins.bottom = 0
        const style: PdfStyle = { size: 8, isMuted: true }
        const y = doc.page.height - pdfMargin - 8
        pen.rule(y - 8)
        pen.decorate(content.footer, { x: pdfMargin, y, width: pen.width - 100 }, style)
        pen.decorate(
          label(page + 1, count),
          { x: pdfMargin + pen.width - 100, y, width: 100 },
          { ...style, align: 'right' },
        )
      }
      return new Promise((resolve, reject) => {
        doc.on('end', () => {
          resolve(new Uint8Array(Buffer.concat(chunks)))
        })
        doc.on('error', reject)
        doc.end()
      })
    },
  }
  return pen
}
