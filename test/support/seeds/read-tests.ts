import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const testRoot = path.resolve(import.meta.dirname, '../..')

export type TestCase = {
  /** From the root of the project. */
  file: string
  /** With the titles of what it stands in: `describe › test`. */
  title: string
  /** Its source. */
  body: string
  /** The source of everything that it expects: each `expect(…)` with its matchers. */
  expects: string
}

/** A test that is called with a table (`test.each(…)(…)`) is one of its name too. */
const calledName = (call: ts.CallExpression): string => {
  let callee: ts.Expression = call.expression
  while (!ts.isIdentifier(callee)) {
    if (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) callee = callee.expression
    else if (ts.isTaggedTemplateExpression(callee)) callee = callee.tag
    else return ''
  }
  return callee.text
}

/** The outermost call of each chain that begins with `expect`. */
const expectsIn = (node: ts.Node, source: ts.SourceFile): string[] => {
  if (ts.isCallExpression(node) && calledName(node) === 'expect') return [node.getText(source)]
  const found: string[] = []
  ts.forEachChild(node, (child) => {
    found.push(...expectsIn(child, source))
  })
  return found
}

const withoutJsDoc: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
}

/** The tests of one file. */
export const parseTests = (file: string, text: string): TestCase[] => {
  const source = ts.createSourceFile(file, text, withoutJsDoc)
  const found: TestCase[] = []
  const visit = (node: ts.Node, parents: readonly string[]): void => {
    if (ts.isCallExpression(node)) {
      const name = calledName(node)
      const [title, ...rest] = node.arguments
      if (title && ts.isStringLiteralLike(title) && (name === 'test' || name === 'it' || name === 'describe')) {
        const titles = [...parents, title.text]
        if (name === 'describe') rest.forEach((argument) => visit(argument, titles))
        else {
          const body = node.getText(source)
          const expects = rest.flatMap((one) => expectsIn(one, source)).join('\n')
          found.push({ file, title: titles.join(' › '), body, expects })
        }
        return
      }
    }
    ts.forEachChild(node, (child) => visit(child, parents))
  }
  visit(source, [])
  return found
}

/** Every test of the project. */
export const readTests = (): TestCase[] =>
  readdirSync(testRoot, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => /\.test\.tsx?$/.test(file))
    .sort()
    .flatMap((file) => parseTests(`test/${file}`, readFileSync(path.join(testRoot, file), 'utf8')))
