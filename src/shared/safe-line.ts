/** A text of an error without the SQL that failed and its parameters, which hold the values. */
export const withoutStatement = (text: string): string =>
  text.replace(/Failed query: [\s\S]*?(?=\n\s+at |$)/, 'Failed query').replace(/\nparams: .*/g, '')

const address = /[^\s@<>"'=(]+@[^\s@<>"')]+\.[^\s@<>"').,]+/g
const query = /\?[^\s"')]+/g
/** Keys of providers, tokens, and whatever else is too long and too mixed to be a word. */
const secret =
  /\b(?:Bearer\s+\S+|(?:sk|pk|rk|re|whsec|ya29|eyJ)[_.][\w.-]{6,}|(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{40,})/g

/** The first line of an error for people: short, without addresses, parameters of links, and what looks like a key. */
export const safeLine = (text: string, mostCharacters = 300): string => {
  const [first = ''] = withoutStatement(text).trim().split('\n')
  const safe = first.replace(address, '…').replace(query, '?…').replace(secret, '…')
  return safe.length > mostCharacters ? `${safe.slice(0, mostCharacters - 1)}…` : safe
}
