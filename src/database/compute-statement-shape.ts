const longest = 300

/** Comments, and texts in each of the ways in which PostgreSQL writes them; one that was cut off goes to the end. */
const words =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|\b[Ee]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|'(?:[^']|'')*(?:'|$)/g

/** A statement without its values, on one line and not too long: what may stand in a log. */
export const computeStatementShape = (text: string): string => {
  const shape = text
    .replace(words, (word) => (/^(?:--|\/\*)/.test(word) ? ' ' : '?'))
    .replace(/(?<![\w$".])\d+(?:\.\d+)?\b/g, '?')
    .replace(/\s+/g, ' ')
    .replace(/(\$\d+|\?)(?:, ?(?:\$\d+|\?))+/g, '$1, …')
    .trim()
  return shape.length > longest ? `${shape.slice(0, longest)}…` : shape
}
