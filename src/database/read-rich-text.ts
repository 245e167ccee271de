import type { FieldError } from '#shared/errors'
import { findTextFault, takeOutUnseen } from '#shared/read-text'

/** A record that a rich text names: a picture in it, or what a link leads to. */
export type NamedRecord = { path: string; slug: string; id: string }

export type ReadRichText = { value: unknown; faults: FieldError[]; records: NamedRecord[] }

export const richTextBounds = { depth: 20, nodes: 5_000, characters: 200_000 } as const

/**
 * A rich text as it is stored: made of nodes that the editor of the field knows, its links of kinds that run nothing, no deeper and larger than
 * `richTextBounds`, and without what only a program would have put there. Pure.
 * @param kinds of nodes that the editor has.
 */
export const readRichText = (sent: unknown, path: string, kinds: ReadonlySet<string>): ReadRichText => {
  const read: Reading = { kinds, faults: [], records: [], nodes: 0 }
  if (sent === null || sent === undefined) return { value: sent, faults: [], records: [] }
  const refuse = (message: string): ReadRichText => ({ value: sent, faults: [{ path, message }], records: [] })
  if (!isRecord(sent) || !isRecord(sent.root) || !Array.isArray(sent.root.children)) {
    return refuse('must be rich text, as the editor writes it: { "root": { "type": "root", "children": […] } }')
  }
  if (!isShallow(sent, maxJsonDepth)) return refuse(`must be at most ${richTextBounds.depth} levels deep`)
  if (JSON.stringify(sent).length > richTextBounds.characters) {
    return refuse(`must be at most ${richTextBounds.characters} characters as JSON`)
  }
  const root = readNode(read, { type: 'root', ...sent.root }, { path: `${path}.root`, depth: 0 })
  return { value: { root }, faults: read.faults.slice(0, 20), records: read.records }
}

type Reading = { kinds: ReadonlySet<string>; faults: FieldError[]; records: NamedRecord[]; nodes: number }

/** A node is three levels of JSON (itself, its children, what belongs to it). */
const maxJsonDepth = richTextBounds.depth * 3 + 6

/** Without following it any deeper: what comes in may be thousands of levels deep. */
const isShallow = (value: unknown, left: number): boolean =>
  typeof value !== 'object' || value === null
    ? true
    : left > 0 && Object.values(value).every((part) => isShallow(part, left - 1))

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What each kind of the standard editor consists of; of kinds that an installation adds all is kept. */
const common = ['type', 'version', 'children', 'direction', 'format', 'indent', '$'] as const
const parts: Readonly<Record<string, readonly string[]>> = {
  root: common,
  paragraph: [...common, 'textFormat', 'textStyle'],
  heading: [...common, 'tag', 'textFormat', 'textStyle'],
  quote: [...common, 'textFormat', 'textStyle'],
  list: [...common, 'tag', 'listType', 'start'],
  listitem: [...common, 'value', 'checked'],
  text: ['type', 'version', 'text', 'mode', 'style', 'detail', 'format', '$'],
  tab: ['type', 'version', 'text', 'mode', 'style', 'detail', 'format', '$'],
  linebreak: ['type', 'version', '$'],
  horizontalrule: ['type', 'version', '$'],
  link: [...common, 'fields', 'id', 'textFormat', 'textStyle'],
  autolink: [...common, 'fields', 'id', 'textFormat', 'textStyle'],
  upload: ['type', 'version', 'format', 'relationTo', 'value', 'fields', 'id', '$'],
  relationship: ['type', 'version', 'format', 'relationTo', 'value', '$'],
}

/** Of those that say how something is shown, the values that the editor writes. */
const shapes: Readonly<Record<string, (value: unknown) => boolean>> = {
  direction: (value) => value === null || value === '' || value === 'ltr' || value === 'rtl',
  format: (value) =>
    typeof value === 'number' ||
    ['', 'left', 'start', 'center', 'right', 'end', 'justify'].some((one) => one === value),
  indent: (value) => typeof value === 'number' && value >= 0 && value <= 20,
  tag: (value) => typeof value === 'string' && /^(h[1-6]|ul|ol)$/.test(value),
  listType: (value) => ['bullet', 'number', 'check'].some((one) => one === value),
  mode: (value) => ['normal', 'token', 'segmented'].some((one) => one === value),
}

type Place = { path: string; depth: number }

const readNode = (read: Reading, node: unknown, { path, depth }: Place): unknown => {
  const refuse = (message: string, at = path): unknown => {
    read.faults.push({ path: at, message })
    return node
  }
  if (++read.nodes > richTextBounds.nodes) {
    return read.nodes === richTextBounds.nodes + 1 ? refuse(`has more than ${richTextBounds.nodes} parts`) : node
  }
  if (depth > richTextBounds.depth) return refuse(`must be at most ${richTextBounds.depth} levels deep`)
  if (!isRecord(node) || typeof node.type !== 'string') return refuse('must be a node with a type')
  const { type } = node
  if (!read.kinds.has(type)) return refuse(`is of a kind that this text does not know: ${type.slice(0, 40)}`)
  const known = parts[type]
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(node)) {
    if (known && !known.includes(name)) continue
    const at = `${path}.${name}`
    const shape = shapes[name]
    if (known && shape && value !== undefined && !shape(value)) refuse('is nothing that the editor writes', at)
    // Styles come along with what is pasted. The editor writes none.
    if (name === 'style' || name === 'textStyle') kept[name] = ''
    else if (name === 'children') kept[name] = readChildren(read, value, { path: at, depth })
    else kept[name] = readTexts(read, value, at)
  }
  if (type === 'text' && typeof node.text !== 'string') refuse('must be text', `${path}.text`)
  noteRecord(read, node, path)
  return kept
}

const readChildren = (read: Reading, children: unknown, { path, depth }: Place): unknown => {
  if (!Array.isArray(children)) {
    read.faults.push({ path, message: 'must be a list of nodes' })
    return children
  }
  return children.map((child, index) => readNode(read, child, { path: `${path}.${index}`, depth: depth + 1 }))
}

/** Where an address may stand, in links and in what an installation adds. */
const isAddress = (name: string): boolean => /^(url|href|src)$|(Url|Href|Src)$/i.test(name)

const readTexts = (read: Reading, value: unknown, path: string): unknown => {
  if (typeof value === 'string') {
    const fault = isAddress(path.slice(path.lastIndexOf('.') + 1)) ? findLinkFault(value) : findTextFault(value)
    if (fault === undefined) return takeOutUnseen(value).normalize('NFC')
    read.faults.push({ path, message: fault })
    return value
  }
  if (Array.isArray(value)) return value.map((part, index) => readTexts(read, part, `${path}.${index}`))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, readTexts(read, part, `${path}.${name}`)]),
  )
}

const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** Browsers leave out spaces, tabs and line breaks before they look at the scheme, so none may stand there. */
export const findLinkFault = (url: string): string | undefined => {
  const message = 'must be a link that begins with https://, http://, mailto:, tel:, / or #'
  // Two slashes lead to another site, by whatever scheme the page has.
  if (url.startsWith('//')) return message
  if (/[\u0000-\u0020\u007F-\u00A0\\]|[\p{Cf}\p{Zs}\p{Zl}\p{Zp}]/u.test(url) || !url.isWellFormed()) return message
  const [scheme] = /^[^/?#]*?:/.exec(url) ?? []
  return scheme === undefined || schemes.has(scheme.toLowerCase()) ? undefined : message
}

const idOf = (value: unknown): string | undefined => {
  const id: unknown = isRecord(value) ? value.id : value
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

const noteRecord = (read: Reading, node: Record<string, unknown>, path: string): void => {
  const { fields } = node
  const named: unknown =
    node.type === 'upload' || node.type === 'relationship' ? node : isRecord(fields) ? fields.doc : undefined
  if (!isRecord(named) || named.value === undefined || named.value === null) return
  const id = idOf(named.value)
  if (id !== undefined && typeof named.relationTo === 'string') read.records.push({ path, slug: named.relationTo, id })
  else read.faults.push({ path, message: 'must name a record' })
}
