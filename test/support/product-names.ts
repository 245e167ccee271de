import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const projectRoot = path.resolve(import.meta.dirname, '../..')

/** What else lives in the product's folders: programs of their own, which share no names with it, and why that is so. */
const otherPrograms: Record<string, string> = {
  'src/app/_api/': 'Client that front ends share; its types are made from the document of the API, in its words.',
  'src/app/(account)/': 'Of the same kind, with the pages about a login.',
  'src/app/(site)/': 'Front end that knows the public API alone: what calls an operation is named like the operation.',
  'src/sandbox/google/': 'Stands in for Google, in its words.',
  'src/sandbox/resend/': 'Stands in for Resend, in its words.',
  'src/sandbox/stripe/': 'Stands in for Stripe, in its words.',
  'src/sandbox/zoom/': 'Stands in for Zoom, in its words.',
  'src/sandbox/shared/': 'The frame of the sandboxes.',
}

export const product = 'the product'

/** The program that a file belongs to: {@link product}, or the folder of another one. */
export const programOf = (file: string): string =>
  Object.keys(otherPrograms).find((folder) => file.startsWith(folder)) ?? product

export type SourceFile = { file: string; text: string }

/** Every source file of src, hooks, endpoints and collections, migrations aside. */
export const readSourceFiles = (): SourceFile[] =>
  ['src', 'hooks', 'endpoints', 'collections'].flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`)
      .filter((file) => /\.tsx?$/.test(file) && !/^src\/(database|extensions)\/migrations\//.test(file))
      .map((file) => ({ file, text: readFileSync(path.join(projectRoot, file), 'utf8') })),
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

const withoutJsDoc: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
}

/** The names that a file exports; a value and a type of one name count once. */
export const exportedNames = ({ file, text }: SourceFile): Set<string> =>
  new Set(ts.createSourceFile(file, text, withoutJsDoc).statements.flatMap(namesOf))
