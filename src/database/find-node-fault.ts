import { richTextBounds } from '#database/read-rich-text'
import type { FieldError } from '#shared/errors'

/**
 * Where something stands in a rich text that is no node, or stands too deep: the editor's own hooks follow the nodes before the text is read
 * (`read-rich-text.ts`), which says everything else about it. Pure.
 * @param sent the text, or its JSON, which Payload reads.
 */
export const findNodeFault = (sent: unknown, path: string): FieldError | undefined => {
  const text = typeof sent === 'string' ? parse(sent) : sent
  if (!isRecord(text) || !isRecord(text.root)) return undefined
  const left: Found[] = [{ node: text.root, path: `${path}.root`, depth: 0 }]
  for (let found = left.pop(); found; found = left.pop()) {
    const { node, depth } = found
    if (!isRecord(node)) return { path: found.path, message: 'must be a node with a type' }
    if (depth > richTextBounds.depth) {
      return { path, message: `must be at most ${richTextBounds.depth} levels deep` }
    }
    const children: readonly unknown[] = Array.isArray(node.children) ? node.children : []
    for (const [index, child] of children.entries()) {
      left.push({ node: child, path: `${found.path}.children.${index}`, depth: depth + 1 })
    }
  }
  return undefined
}

type Found = { node: unknown; path: string; depth: number }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
