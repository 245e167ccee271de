import ts from 'typescript'

/** What people see or hear, beside the text between tags. */
const spoken = new Set([
  ...['aria-label', 'alt', 'label', 'placeholder', 'title', 'text', 'hint'],
  ...['body', 'cancelLabel', 'confirm', 'confirmLabel', 'description', 'done', 'heading'],
])

const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text)

const isText = (node: ts.Node): node is ts.StringLiteral | ts.NoSubstitutionTemplateLiteral =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)

/** The words that a page would say by itself, in one language. */
export const bareTexts = (name: string, source: string): string[] => {
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
