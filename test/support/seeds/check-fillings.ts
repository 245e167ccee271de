import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { exportedNames, product, programOf, readSourceFiles } from '../product-names'
import { expandWeekdays } from './columns'
import { type Filling, fillings, people, readers } from './fillings'
import { readTests, type TestCase } from './read-tests'

const projectRoot = path.resolve(import.meta.dirname, '../../..')

const readMigrations = (): string[] => {
  const folder = path.join(projectRoot, 'src/database/migrations')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
}

/** `startsAt` → `starts_at`, `price.amount` → `price_amount`: as the column is called. */
const toColumn = (field: string): string =>
  field
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toLowerCase()

/** Whether a text speaks of a field by its name, its column, or the word that is given for it. */
const speaksOf = (text: string, field: string, word: string | undefined): boolean => {
  const leaf = field.split('.').at(-1) ?? ''
  const columns = [toColumn(leaf), toColumn(field).replace('*', '\\w+')]
  const names = [leaf, ...columns, ...columns.map((column) => `${column}_id`), ...(word ? [word] : [])]
  return names.some((name) => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text))
}

export type Filled = {
  /** `collection.path`. */
  path: string
  by: string
  heededBy: string | undefined
  /** Of those that speak of the field. */
  shownBy: { file: string; title: string }[]
}

type Sources = {
  /** Exported name → the file that exports it. */
  files: ReadonlyMap<string, string>
  /** File → its text, with that of what it imports and of the SQL functions that it calls. */
  textOf: (file: string) => string
  tests: ReadonlyMap<string, TestCase>
}

/** The file that an import means, without its ending: relative, or by the map of package.json. */
const targetOf = (file: string, specifier: string): string => {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier)
  const name = specifier.slice(1)
  return /^(collections|hooks|endpoints)\//.test(name) ? name : `src/${name}`
}

const resolveImports = (file: string, text: string): string[] =>
  [...text.matchAll(/from '([.#][^']+)'/g)].flatMap(([, specifier = '']) => {
    const target = targetOf(file, specifier)
    return [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`]
  })

/** What the checks look things up in: the sources of the product and its tests. */
export const readSources = (): Sources => {
  const sources = readSourceFiles().filter(({ file }) => programOf(file) === product)
  const texts = new Map(sources.map(({ file, text }) => [file, text]))
  const migrations = readMigrations()
  const read = (file: string): string => {
    const text = texts.get(file) ?? ''
    const imported = resolveImports(file, text).map((one) => texts.get(one) ?? '')
    const functions = [...text.matchAll(/parley\.(\w+)\(/g)].flatMap(([, name = '']) =>
      migrations.filter((migration) => migration.includes(`FUNCTION parley.${name}`)),
    )
    return [text, ...imported, ...functions].join('\n')
  }
  const known = new Map<string, string>()
  const textOf = (file: string): string => {
    const text = known.get(file) ?? read(file)
    known.set(file, text)
    return text
  }
  return {
    files: new Map(sources.flatMap((source) => [...exportedNames(source)].map((name) => [name, source.file] as const))),
    textOf,
    tests: new Map(readTests().map((one) => [one.title, one])),
  }
}

const isKey = (table: object, name: string): boolean => name in table

/** `Staff, in the admin`, or the place of a function. */
export const nameFiller = ({ files }: Pick<Sources, 'files'>, name: string): string => {
  const known: Record<string, string> = { ...people, ...readers }
  return known[name] ?? `${files.get(name) ?? '?'} ${name}`
}

/** What is wrong with one entry, in words; and what it says of each column. */
const checkFilling = (
  collection: string,
  filling: Filling,
  { files, textOf, tests }: Sources,
): { faults: string[]; filled: Filled[] } => {
  const { by, heededBy, shownBy } = filling
  const place = `${collection}, ${by}`
  const faults: string[] = []
  const isForm = isKey(people, by) && by !== 'payload'
  if (isForm !== (heededBy !== undefined)) faults.push(`${place}: what people fill in names who heeds it, and nothing else does`)
  const functions = [by, heededBy].filter((name) => name !== undefined && !isKey(people, name) && !isKey(readers, name))
  for (const name of functions) if (!files.has(name ?? '')) faults.push(`${place}: nothing exports ${name ?? ''}`)
  const known = shownBy.flatMap((title) => tests.get(title) ?? [])
  for (const title of shownBy) if (!tests.has(title)) faults.push(`${place}: there is no test "${title}"`)

  const filled = filling.fields.flatMap((entry) => {
    const [field = '', word] = entry.split('=')
    for (const name of functions) {
      const file = files.get(name ?? '')
      if (file && !speaksOf(textOf(file), field, undefined)) faults.push(`${place}: ${name ?? ''} does not speak of ${field}`)
    }
    // What people fill in is what a test begins with; what a flow fills in is what a test expects.
    const speaking = known.filter(({ body, expects }) =>
      by === 'payload' ? true : speaksOf(heededBy === undefined ? expects : body, field, word),
    )
    const named = speaking.map(({ file, title }) => ({ file, title }))
    return expandWeekdays(field).map((one) => ({ path: `${collection}.${one}`, by, heededBy, shownBy: named }))
  })
  for (const { title } of known) {
    if (!filled.some(({ shownBy: of }) => of.some((one) => one.title === title))) {
      faults.push(`${place}: the test "${title}" speaks of none of the fields`)
    }
  }
  return { faults, filled }
}

/** Reads the table against the sources. */
export const checkFillings = (
  sources: Sources,
  table: Readonly<Record<string, readonly Filling[]>> = fillings,
): { faults: string[]; filled: Map<string, Filled> } => {
  const faults: string[] = []
  const filled = new Map<string, Filled>()
  for (const [collection, list] of Object.entries(table)) {
    for (const filling of list) {
      const result = checkFilling(collection, filling, sources)
      faults.push(...result.faults)
      for (const one of result.filled) {
        if (filled.has(one.path)) faults.push(`${one.path} is named twice`)
        filled.set(one.path, one)
      }
    }
  }
  return { faults, filled }
}
