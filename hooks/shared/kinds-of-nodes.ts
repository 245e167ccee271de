import type { RichTextField } from 'payload'

/** What every editor of this kind has, whatever features it is given. */
const everywhere = ['root', 'paragraph', 'text', 'linebreak', 'tab']

const known = new WeakMap<object, ReadonlySet<string>>()

/** The kinds of nodes that the editor of a field has. */
export const kindsOfNodes = ({ editor }: Pick<RichTextField, 'editor'>): ReadonlySet<string> => {
  if (typeof editor !== 'object' || editor === null) return new Set(everywhere)
  const found = known.get(editor) ?? new Set([...everywhere, ...typesOf(editor)])
  known.set(editor, found)
  return found
}

const typesOf = (editor: object): string[] => {
  const nodes: unknown = read(editor, 'editorConfig', 'features', 'nodes')
  if (!Array.isArray(nodes)) return []
  return nodes.flatMap((entry: unknown) => {
    const node = read(entry, 'node')
    // Some stand in for another one.
    const kind =
      typeof node === 'function' ? node : read(node, 'with') === undefined ? undefined : read(node, 'replace')
    const getType = typeof kind === 'function' ? (Reflect.get(kind, 'getType') as unknown) : undefined
    const type: unknown = typeof getType === 'function' ? Reflect.apply(getType, kind, []) : undefined
    return typeof type === 'string' ? [type] : []
  })
}

/** The editor says to Payload alone what it is made of. */
const read = (from: unknown, ...names: string[]): unknown =>
  names.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined),
    from,
  )
