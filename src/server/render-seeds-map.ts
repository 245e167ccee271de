import { asTarget, type SeedSource, type SeedTarget } from './seeds-map'

const cell = (text: string) => text.replaceAll('|', '\\|')

const row = (path: string, target: string | SeedTarget): string => {
  const { to, note = '' } = asTarget(target)
  return `| \`${path}\` | ${to.map((place) => `\`${place}\``).join('<br>')} | ${cell(note)} |`
}

const table = (head: string, rows: string[]): string[] => [`| ${head} | its place | |`, '|---|---|---|', ...rows, '']

/** The page docs/generated/seeds-map.md. */
export const renderSeedsMap = (sources: readonly SeedSource[]): string => {
  const lines = [
    '# Where the fields of the sources went',
    '',
    '<!-- Written by `npm run generate` from src/server/seeds-map.ts. Do not edit. -->',
    '',
    'Parley is made from three documents (kept in `test/support/seeds/`). Each of their fields and status words has a place,',
    'written as `collection.field`; a test fails when one is missing, on either side.',
    '',
  ]
  for (const { id, title, entities } of sources) {
    lines.push(`## ${id}: ${title}`, '')
    for (const { name, fields, words = {} } of entities) {
      lines.push(`### ${id} \`${name}\``, '')
      lines.push(
        ...table(
          'field',
          Object.entries(fields).map(([path, target]) => row(path, target)),
        ),
      )
      for (const [path, places] of Object.entries(words)) {
        lines.push(
          ...table(
            `word of \`${path}\``,
            Object.entries(places).map(([word, target]) => row(word, target)),
          ),
        )
      }
    }
  }
  return `${lines.join('\n').trimEnd()}\n`
}
