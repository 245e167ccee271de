import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const app = path.resolve(import.meta.dirname, '../../../src/app')

/** What people see or hear, beside the text between tags. */
const spoken = new Set(['aria-label', 'alt', 'label', 'placeholder', 'title', 'text', 'hint'])

const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text)

const isText = (node: ts.Node): node is ts.StringLiteral | ts.NoSubstitutionTemplateLiteral =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)

/** The words that a page would say by itself, in one language. */
const bareTexts = (name: string, source: string): string[] => {
  const found: string[] = []
  /** A text in braces, or one of two of a condition. */
  const say = (node: ts.Node | undefined): void => {
    if (!node) return
    if (isText(node) && hasWords(node.text)) found.push(node.text)
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
      if (parts.some(hasWords)) found.push(node.getText())
    }
    if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(say)
    if (ts.isBinaryExpression(node)) [node.left, node.right].forEach(say)
    if (ts.isParenthesizedExpression(node)) say(node.expression)
  }
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node) && hasWords(node.text)) found.push(node.text.trim())
    if (ts.isJsxExpression(node) && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent)))
      say(node.expression)
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText())) {
      const { initializer } = node
      say(initializer && ts.isJsxExpression(initializer) ? initializer.expression : initializer)
    }
    ts.forEachChild(node, look)
  }
  look(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  return found
}

test('no page of the site says anything that is not in the tables of words, which every language has', () => {
  const files = ['(site)', '(account)', '_factors'].flatMap((folder) =>
    readdirSync(path.join(app, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .map((file) => path.join(folder, file)),
  )
  expect(files.length).toBeGreaterThan(70)
  const said = files.flatMap((file) =>
    bareTexts(file, readFileSync(path.join(app, file), 'utf8')).map((text) => `${file}: ${text}`),
  )
  expect(said).toEqual([])
})

test.each([
  ['<p>Hello</p>', 'Hello'],
  ["<p>{isOld ? 'Old' : words.fresh}</p>", 'Old'],
  ['<img alt="A face" />', 'A face'],
  ['<a aria-label={`Remove ${name}`}>×</a>', '`Remove ${name}`'],
  ['<p>{`Since ${when}`}</p>', '`Since ${when}`'],
])('%s is found', (page, text) => {
  expect(bareTexts('a.tsx', `export const A = () => ${page}`)).toEqual([text])
})

test.each(['<p className="lead">{words.hello}: {name}</p>', "<b className={isOn ? 'on' : 'off'}>({n})</b>"])(
  '%s is no text of its own',
  (page) => {
    expect(bareTexts('a.tsx', `export const A = () => ${page}`)).toEqual([])
  },
)
