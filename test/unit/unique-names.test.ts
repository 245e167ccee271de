import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const projectRoot = path.resolve(import.meta.dirname, '../..')

/** What else lives in these folders: programs of their own, which share no names with the product, and why that is so. */
const otherPrograms: Record<string, string> = {
  'src/app/(site)/': 'Front end that knows the public API alone: what calls an operation is named like the operation.',
  'src/sandbox/google/': 'Stands in for Google, in its words.',
  'src/sandbox/resend/': 'Stands in for Resend, in its words.',
  'src/sandbox/stripe/': 'Stands in for Stripe, in its words.',
  'src/sandbox/zoom/': 'Stands in for Zoom, in its words.',
  'src/sandbox/shared/': 'The frame of the sandboxes.',
}

/** Names that a file has to export for a framework, which finds them by the place of the file. */
const namesOfFrameworks: Record<string, string> = {
  ...Object.fromEntries(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((name) => [name, "Next's routes"])),
  default: "Next's pages",
  metadata: "Next's pages",
  generateMetadata: "Next's pages",
}

const listFiles = (): string[] =>
  ['src', 'hooks', 'endpoints', 'collections'].flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`)
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('src/database/migrations/')),
  )

const namesOf = (statement: ts.Statement): string[] => {
  if (ts.isExportAssignment(statement)) return ['default']
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement
    return exportClause && ts.isNamedExports(exportClause) ? exportClause.elements.map(({ name }) => name.text) : []
  }
  const modifiers = (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || []
  const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind)
  if (!has(ts.SyntaxKind.ExportKeyword)) return []
  if (has(ts.SyntaxKind.DefaultKeyword)) return ['default']
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []))
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement)
  return isNamed && statement.name ? [statement.name.text] : []
}

/** The names that a file exports; a value and a type of one name count once. */
const exportedNames = (file: string, text: string): Set<string> =>
  new Set(ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements.flatMap(namesOf))

const programOf = (file: string): string =>
  Object.keys(otherPrograms).find((folder) => file.startsWith(folder)) ?? 'the product'

/** `program: name` → the files that export it, if more than one does. */
const listDoubleNames = (files: readonly (readonly [file: string, text: string])[]): Record<string, string[]> => {
  const found = new Map<string, string[]>()
  for (const [file, text] of files) {
    for (const name of exportedNames(file, text)) {
      if (name in namesOfFrameworks) continue
      const key = `${programOf(file)}: ${name}`
      found.set(key, [...(found.get(key) ?? []), file])
    }
  }
  return Object.fromEntries([...found].filter(([, places]) => places.length > 1))
}

test('no two files of a program export the same name', () => {
  const files = listFiles().map((file) => [file, readFileSync(path.join(projectRoot, file), 'utf8')] as const)
  expect(files.length).toBeGreaterThan(500)
  expect(listDoubleNames(files)).toEqual({})
})

test('a double name is found, whatever it names and however it is exported', () => {
  const files = [
    ['src/a.ts', 'export const one = 1; export type Two = 2; export const own = 3; export default 4'],
    ['hooks/b.ts', "export function one() {}; export { Two } from './c'; const own = 1; export default own"],
    ['src/c.ts', 'export class Three {}; export interface Four {}'],
    ['endpoints/d.ts', 'export type Three = 3; export abstract class Four {}; export const GET = 1'],
    ['src/app/(site)/e.ts', 'export const one = 1; export const GET = 1'],
  ] as const
  expect(listDoubleNames(files)).toEqual({
    'the product: one': ['src/a.ts', 'hooks/b.ts'],
    'the product: Two': ['src/a.ts', 'hooks/b.ts'],
    'the product: Three': ['src/c.ts', 'endpoints/d.ts'],
    'the product: Four': ['src/c.ts', 'endpoints/d.ts'],
  })
})
