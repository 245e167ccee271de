import type { Filled } from './check-fillings'
import { people } from './fillings'
import { asTarget, type SeedEntity, type SeedSource, type SeedTarget } from './seeds-map'

export type SeedFacts = {
  /** By `collection.path`. */
  filled: ReadonlyMap<string, Filled>
  unfilled: Readonly<Record<string, string>>
  /** Says who fills something, with its place. */
  nameFiller: (name: string) => string
}

const cell = (text: string) => text.replaceAll('|', '\\|')

const lines = (values: Iterable<string>): string => [...new Set(values)].map(cell).join('<br>')

/** The places themselves, or all that is below them when they are groups. */
const placesBelow = (places: readonly string[], facts: SeedFacts): { filled: Filled[]; unfilled: string[] } => {
  const isBelow = (path: string) => places.some((place) => path === place || path.startsWith(`${place}.`))
  return {
    filled: [...facts.filled.values()].filter(({ path }) => isBelow(path)),
    unfilled: Object.keys(facts.unfilled).filter(isBelow),
  }
}

const fillersOf = ({ filled, unfilled }: ReturnType<typeof placesBelow>, facts: SeedFacts): string => {
  const said = filled.map(({ by, heededBy }) => {
    const filler = facts.nameFiller(by)
    return heededBy === undefined ? filler : `${filler}; heeded by ${facts.nameFiller(heededBy)}`
  })
  const missing = unfilled.map((path) => `**nothing** (\`${path}\`): ${facts.unfilled[path] ?? ''}`)
  return lines(said.length || missing.length ? [...said, ...missing] : [people.payload])
}

const testsOf = ({ filled }: ReturnType<typeof placesBelow>): string =>
  lines(filled.flatMap(({ shownBy }) => shownBy.slice(0, 1).map(({ file, title }) => `${file}: ${title}`)))

const fieldTable = ({ fields }: SeedEntity, facts: SeedFacts): string[] => [
  '| field | its place | who fills it | shown by | |',
  '|---|---|---|---|---|',
  ...Object.entries(fields).map(([path, target]) => {
    const { to, note = '' } = asTarget(target)
    const below = placesBelow(to, facts)
    const cells = [
      `\`${path}\``,
      lines(to.map((place) => `\`${place}\``)),
      fillersOf(below, facts),
      testsOf(below),
      cell(note),
    ]
    return `| ${cells.join(' | ')} |`
  }),
  '',
]

const wordTable = (path: string, places: Readonly<Record<string, string | SeedTarget>>): string[] => [
  `| word of \`${path}\` | its place | |`,
  '|---|---|---|',
  ...Object.entries(places).map(([word, target]) => {
    const { to, note = '' } = asTarget(target)
    return `| \`${word}\` | ${lines(to.map((place) => `\`${place}\``))} | ${cell(note)} |`
  }),
  '',
]

/** The page docs/generated/seeds-map.md. */
export const renderSeedsMap = (sources: readonly SeedSource[], facts: SeedFacts): string => {
  const page = [
    '# Where the fields of the sources went',
    '',
    '<!-- Written by `npm run generate` from test/support/seeds/. Do not edit. -->',
    '',
    'Parley is made from three documents (kept in `test/support/seeds/`). Each of their fields has a place, written as',
    '`collection.field`, somebody who fills it, and a test that shows this; each of their status words has a place. A test fails when one is',
    'missing, on either side, and when a column of the product has nobody who fills it and is not listed here.',
    '',
    '## What nothing fills',
    '',
    'Columns without a flow: nothing fills them, or nothing heeds what a form says. The list only ever gets shorter.',
    '',
    '| column | why |',
    '|---|---|',
    ...Object.entries(facts.unfilled).map(([path, reason]) => `| \`${path}\` | ${cell(reason)} |`),
    '',
  ]
  for (const { id, title, entities } of sources) {
    page.push(`## ${id}: ${title}`, '')
    for (const entity of entities) {
      page.push(`### ${id} \`${entity.name}\``, '', ...fieldTable(entity, facts))
      for (const [path, places] of Object.entries(entity.words ?? {})) page.push(...wordTable(path, places))
    }
  }
  return `${page.join('\n').trimEnd()}\n`
}
