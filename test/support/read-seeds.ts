import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Field path → the words of its closed set, empty when it has none. */
export type SeedFields = Map<string, string[]>

const read = (file: string) => readFileSync(path.join(import.meta.dirname, 'seeds', file), 'utf8')

const quoted = (text: string): string[] => [...text.matchAll(/'([^']+)'/g)].map(([, word = '']) => word)

/** A JSON schema: the properties of its one entity. */
const readJsonSchema = (text: string): Map<string, SeedFields> => {
  const schema: unknown = JSON.parse(text)
  const { name, properties } = schema as { name: string; properties: Record<string, { enum?: unknown[] }> }
  const fields = Object.entries(properties).map(([field, definition]) => {
    const words = (definition.enum ?? []).filter((word) => typeof word === 'string')
    return [field, words] as const
  })
  return new Map([[name, new Map(fields)]])
}

/** The fields of one `{ name: Type, nested: { … }, list: [{ … }] }` block, one a line. */
const readBlock = (block: string): SeedFields => {
  const fields: SeedFields = new Map()
  const parents: string[] = []
  let open: string | undefined
  for (const line of block.split('\n').map((raw) => raw.replace(/\/\/.*$/, '').trim())) {
    const [, name, rest = ''] = /^(\w+):\s*(.*)$/.exec(line) ?? []
    if (open !== undefined) {
      fields.get(open)?.push(...quoted(line))
      if (line.includes('])')) open = undefined
    } else if (name !== undefined && /^\[?\{$/.test(rest)) {
      parents.push(name)
    } else if (name !== undefined) {
      const path = [...parents, name].join('.')
      fields.set(path, rest.includes('enum(') ? quoted(rest) : [])
      if (rest.includes('enum(') && !rest.includes('])')) open = path
    } else if (/^\}\]?,?$/.test(line)) {
      parents.pop()
    }
  }
  return fields
}

/** Markdown with one JavaScript block for each collection. */
const readCollections = (text: string): Map<string, SeedFields> =>
  new Map(
    [...text.matchAll(/### \d+\. \*\*(\w+)\*\* Collection[^\n]*\n```javascript\n\{\n(.*?)\n\}/gs)].map(
      ([, name = '', block = '']) => [name, readBlock(block)] as const,
    ),
  )

const columnTypes = 'uuid|text\\[\\]|text|varchar|int|boolean|timestamp|float|decimal\\(\\d+,\\d+\\)'

/** DBML; columns that are commented out are meant as well. */
const readDbml = (text: string): Map<string, SeedFields> =>
  new Map(
    [...text.matchAll(/^Table (\w+) \{.*?\n(.*?)\n\}/gms)].map(([, table = '', body = '']) => {
      const columns = [...body.matchAll(new RegExp(`^\\s*(?://\\s*)?(\\w+) (?:${columnTypes})(?=\\s|$)(.*)$`, 'gm'))]
      const fields = columns.map(([, column = '', settings = '']) => {
        const examples = /note: 'e\.g\., ([^']+)'/.exec(settings)?.[1]?.split(', ') ?? []
        const standard = /default: '(\w+)'/.exec(settings)?.[1]
        const words = column === 'status' ? [...new Set([...(standard ? [standard] : []), ...examples])] : []
        return [column, words] as const
      })
      return [table, new Map(fields)] as const
    }),
  )

/** What the three documents say, by source and entity. */
export const readSeeds = (): Record<'S0' | 'S1' | 'S2', Map<string, SeedFields>> => ({
  S0: readJsonSchema(read('s0-session.json')),
  S1: readCollections(read('s1-consulting-platform.md')),
  S2: readDbml(read('s2-booking-service.md')),
})
