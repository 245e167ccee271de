import { secretParameters, secretPaths } from './secret-addresses'

/** A text of an error without the SQL that failed and its parameters, which hold the values. */
const withoutStatement = (text: string): string =>
  text.replace(/Failed query: [\s\S]*?(?=\n\s+at |$)/, 'Failed query').replace(/\nparams: .*/g, '')

/** E-mail addresses, credentials, and values that the parameters of an address bring along. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/[\w.!#$%&*+/=?^`{|}~-]+@(?:[\w-]+\.)+[a-z]{2,}(?![\w/])/gi, '…@…'],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '…'],
  [/\b(?:sk|rk|pk)_(?:test|live)_\w+|\bwhsec_\w+|\bre_[A-Za-z0-9]{6,}_\w{10,}|\bcs_(?:test|live)_\w+/g, '…'],
  [/\b(Bearer|JWT|Basic)\s+[\w.~+/=-]{8,}/g, '$1 …'],
  [/((?:token|password|secret|authorization|cookie)["']?\s*[=:]\s*["']?)[^\s"'&;,)]+/gi, '$1…'],
  [
    new RegExp(
      String.raw`((?:[?&#;]|%3f|%26|%23)(?:${secretParameters.join('|')}|email|search|q)(?:=|%3d))[^&#\s"'<>]+`,
      'gi',
    ),
    '$1…',
  ],
  [new RegExp(String.raw`(${secretPaths})[^\s"'?#/<>)]+`, 'gi'), '$1…'],
  [/(:\/\/[^/\s:@]+:)[^@\s/]+@/g, '$1…@'],
]

/** Text that others have written, without what it may say of a person or open. */
export const withoutSecrets = (text: string): string =>
  secrets.reduce((safe, [pattern, replacement]) => safe.replace(pattern, replacement), withoutStatement(text))

const address = /[^\s@<>"'=(]+@[^\s@<>"')]+\.[^\s@<>"').,]+/g
const query = /\?[^\s"')]+/g
/** Keys of providers, tokens, and whatever else is too long and too mixed to be a word. */
const secret =
  /\b(?:Bearer\s+\S+|(?:sk|pk|rk|re|whsec|ya29|eyJ)[_.][\w.-]{6,}|(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{40,})/g

/** The first line of an error for people: short, without addresses, parameters of links, and what looks like a key. */
export const safeLine = (text: string, mostCharacters = 300): string => {
  const [first = ''] = withoutStatement(text).trim().split('\n')
  const safe = withoutSecrets(first.replace(address, '…').replace(query, '?…').replace(secret, '…'))
  return safe.length > mostCharacters ? `${safe.slice(0, mostCharacters - 1)}…` : safe
}
