import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { createPdf } from '#documents/pdf/create-pdf'
import type { PdfContent } from '#documents/pdf/pdf-content'

const content = (rows: number): PdfContent => ({
  title: 'Invoice 2026-000001',
  author: 'Parley',
  language: 'en-GB',
  createdAt: Date.UTC(2026, 11, 1, 10),
  footer: 'Parley, Registered in England',
  blocks: [
    { kind: 'title', text: 'Invoice' },
    { kind: 'facts', facts: [['Number', '2026-000001']] },
    {
      kind: 'beside',
      columns: [
        { label: 'From', lines: ['Parley', '1 Long Street\nLondon'] },
        { label: 'To', lines: ['Łukasz Żółć', 'Ayşe İğdır Ltd. Şti.', 'Þórður Ægisson', 'Ελένη', 'Ирина'] },
      ],
    },
    {
      kind: 'table',
      columns: [
        { label: 'Description', weight: 4 },
        { label: 'Amount', weight: 1, align: 'right' },
      ],
      rows: Array.from({ length: rows }, (_, n) => [`Session ${n}`, '€12.50']),
      totals: [['Total', '12.500 kr £ ¥ ₹']],
    },
    { kind: 'text', text: 'No tax.\nThank you.', isSmall: true },
  ],
})

const read = async (bytes: Uint8Array) => {
  // The reader takes the bytes away from whoever gives them.
  const document = await getDocumentProxy(bytes.slice())
  const { text, totalPages } = await extractText(document)
  return { text, totalPages, meta: await getMeta(document), document }
}

describe('a document as PDF', () => {
  it('holds every text, in Latin, Greek and Cyrillic letters, with the signs of currencies', async () => {
    const { text, totalPages } = await read(await createPdf(content(2)))
    expect(totalPages).toBe(1)
    for (const part of [
      'Invoice',
      '2026-000001',
      'Łukasz Żółć',
      'Ayşe İğdır Ltd. Şti.',
      'Þórður Ægisson',
      'Ελένη',
      'Ирина',
    ]) {
      expect(text[0]).toContain(part)
    }
    for (const part of ['€12.50', '12.500 kr £ ¥ ₹', 'Thank you.', 'Page 1 of 1', 'Registered in England']) {
      expect(text[0]).toContain(part)
    }
  })

  it('shows hostile names as the text that they are', async () => {
    const hostile = 'Ada\u202Egnp.exe\u0007 <b>x</b> (a) Tj\\n\u200B /URI (javascript:x)'
    const { blocks, ...rest } = content(1)
    const bytes = await createPdf({ ...rest, blocks: [...blocks, { kind: 'facts', facts: [['Customer', hostile]] }] })
    const { text, document } = await read(bytes)
    expect(text[0]).toContain('Adagnp.exe <b>x</b> (a) Tj\\n /URI (javascript:x)')
    expect(await (await document.getPage(1)).getAnnotations()).toEqual([])
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/\/(?:URI|JS|JavaScript|OpenAction|Launch)\b/)
  })

  it('names its columns again on every page', async () => {
    const { text, totalPages } = await read(await createPdf(content(80)))
    expect(totalPages).toBeGreaterThan(2)
    for (const page of text) expect(page.includes('Description'), page).toBe(page.includes('Session '))
    expect(text.join(' ').match(/Session \d+/g)).toHaveLength(80)
    expect(text.at(-1)).toContain(`Page ${totalPages} of ${totalPages}`)
  })

  it('can be read aloud: it has a title, a language and a structure of tags', async () => {
    const { meta, document } = await read(await createPdf(content(2)))
    expect(meta.info).toMatchObject({ Title: 'Invoice 2026-000001', Author: 'Parley', Language: 'en-GB' })
    const page = await document.getPage(1)
    const tags = JSON.stringify(await page.getStructTree())
    for (const role of ['Document', 'H1', 'L', 'LI', 'Table', 'TR', 'TH', 'TD', 'P'])
      expect(tags).toContain(`"${role}"`)
  })

  it('is the same, byte for byte, whenever it is drawn', async () => {
    const [first, second] = [await createPdf(content(5)), await createPdf(content(5))]
    expect(Buffer.compare(first, second)).toBe(0)
    expect(Buffer.compare(first, await createPdf({ ...content(5), footer: 'other' }))).not.toBe(0)
  })
})
