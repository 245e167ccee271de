import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { findLinkFault, readRichText, richTextBounds } from '#database/read-rich-text'

const kinds = new Set(['root', 'paragraph', 'text', 'linebreak', 'tab', 'link', 'heading', 'upload', 'quote'])
const read = (value: unknown) => readRichText(value, 'bio', kinds)
const block = { version: 1, direction: 'ltr', format: '', indent: 0 }
const text = (words: string, more = {}) => ({
  type: 'text',
  version: 1,
  text: words,
  format: 0,
  mode: 'normal',
  style: '',
  detail: 0,
  ...more,
})
const rich = (...children: unknown[]) => ({ root: { ...block, type: 'root', children } })
const paragraph = (...children: unknown[]) => ({ ...block, type: 'paragraph', textFormat: 0, textStyle: '', children })
const link = (url: string) => ({
  ...block,
  type: 'link',
  fields: { url, newTab: false, linkType: 'custom' },
  children: [text('x')],
})
const faultsOf = (value: unknown) => read(value).faults

it('keeps what the editor writes', () => {
  const fine = rich(
    { ...block, type: 'heading', tag: 'h2', children: [text('Who I am')] },
    paragraph(text('Line ', { format: 1 }), { type: 'linebreak', version: 1 }, link('https://parley.example/a?b#c')),
  )
  expect(read(fine)).toEqual({ value: fine, faults: [], records: [] })
  expect(read(null)).toEqual({ value: null, faults: [], records: [] })
})

it('takes out what is unseen, styles, and what no node of that kind has', () => {
  const sent = rich(
    paragraph({ ...text(' A\u200Bda ', { style: 'position:fixed;background:url(//evil.example)' }), onclick: 'x' }),
  )
  expect(read(sent).value).toEqual(rich(paragraph(text(' Ada '))))
})

describe('links', () => {
  test.each([
    ...[
      'https://a.example',
      'HTTP://a.example',
      'mailto:a@b.example',
      'tel:+442079460958',
      '/experts/ada',
      '#top',
      '?q=1',
    ],
    ...['a.example/b:c', ''],
  ])('%s leads somewhere', (url) => expect(findLinkFault(url)).toBeUndefined())

  test.each([
    ...[
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\tscript:alert(1)',
      'java\nscript:alert(1)',
      ' javascript:alert(1)',
    ],
    ...[
      '\u0001javascript:alert(1)',
      'java\u200Bscript:alert(1)',
      'data:text/html,<script>',
      'vbscript:x',
      'blob:x',
      'file:///etc',
    ],
    ...['java\u00ADscript:alert(1)', '\\\\evil.example', 'view-source:x', 'feed:javascript:alert(1)', 'x\uD800'],
    ...['//a.example', '///a.example'],
  ])('%o is refused', (url) => {
    expect(findLinkFault(url)).toContain('must be a link')
    expect(faultsOf(rich(paragraph(link(url))))).toMatchObject([{ path: 'bio.root.children.0.children.0.fields.url' }])
  })

  it('never leads to a scheme that a browser would run, whatever is put into it', () => {
    const piece = fc.constantFrom(...'javascript:datb/#?.%'.split(''), '\t', '\n', '\u0000', ' ', '\u200B', 'J', '\\')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const url = pieces.join('')
        if (findLinkFault(url) !== undefined || !URL.canParse(url, 'https://parley.example')) return
        expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(new URL(url, 'https://parley.example').protocol)
      }),
      { numRuns: 2_000 },
    )
  })
})

const nested = (levels: number): unknown =>
  levels === 0 ? paragraph(text('x')) : { ...block, type: 'quote', children: [nested(levels - 1)] }

test.each<[string, unknown, RegExp]>([
  ['a text', 'text', /must be rich text/],
  ['a list', [], /must be rich text/],
  ['no root', { root: null }, /must be rich text/],
  ['a node of no kind', rich({ foo: 1 }), /must be a node with a type/],
  ['a node of an unknown kind', rich({ type: 'evil', html: '<script>' }), /does not know: evil/],
  ['a text that is none', rich(paragraph(text('x', { text: { a: 1 } }))), /must be text/],
  ['an override of direction', rich(paragraph(text('a\u202Eb'))), /turn around text/],
  [
    'a heading that is a script',
    rich({ ...block, type: 'heading', tag: 'script', children: [] }),
    /nothing that the editor writes/,
  ],
  ['children that are none', rich({ ...block, type: 'paragraph', children: 'x' }), /must be a list of nodes/],
  ['too many levels', rich(nested(richTextBounds.depth + 1)), /levels deep/],
  ['thousands of levels', rich(nested(3_000)), /levels deep/],
  [
    'too many nodes',
    rich(...Array.from({ length: richTextBounds.nodes + 1 }, () => ({ type: 'linebreak' }))),
    /more than/,
  ],
  ['too much text', rich(paragraph(text('x'.repeat(richTextBounds.characters)))), /characters as JSON/],
  ['a picture that is none', rich({ type: 'upload', relationTo: 'media', value: { x: 1 } }), /must name a record/],
])('refuses %s', (_, value, message) => {
  const [fault] = faultsOf(value)
  expect(fault?.message).toMatch(message)
  expect(fault?.path).toMatch(/^bio/)
})

it('says which records are named', () => {
  const upload = { type: 'upload', version: 3, relationTo: 'media', value: 'one', id: 'a', fields: null }
  const internal = {
    ...link(''),
    fields: { linkType: 'internal', newTab: false, doc: { relationTo: 'users', value: { id: 'two' } } },
  }
  expect(read(rich(upload, paragraph(internal))).records).toEqual([
    { path: 'bio.root.children.0', slug: 'media', id: 'one' },
    { path: 'bio.root.children.1.children.0', slug: 'users', id: 'two' },
  ])
})
