/** What somebody looks for, in the forms in which records are compared with it. */
export type SearchTerms = {
  /** As it was typed, without the space around it: compared with addresses, numbers and ids as a whole. */
  whole: string
  /** How a reference of ours might be written: in capitals, without space, with the dash after its two letters. */
  reference: string
  /** Each of them must be found in a name, an address or a number; empty where nothing typed can be looked for so. */
  words: string[]
}

/** So many letters or digits in a row have to be in one of the words: fewer are found almost everywhere, and no index knows them. */
export const shortestWord = 3
const mostWords = 6

/**
 * @param question anything: a part of a name, an address, a telephone number however it is written, a reference or an id of a provider.
 */
export const readSearchTerms = (question: string): SearchTerms => {
  const whole = question.trim()
  return { whole, reference: toReference(whole), words: toWords(whole) }
}

const toReference = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[\s–—-]+/g, '')
    .replace(/^([A-Z]{2})(?=[0-9A-Z]{4})/, '$1-')

const toWords = (text: string): string[] => {
  const digits = toDigits(text)
  if (digits) return [digits]
  const words = [...new Set(text.toLowerCase().split(/\s+/))].filter(Boolean)
  return words.some(isIndexed) ? words.slice(0, mostWords) : []
}

/** Letters and digits in a row, without the marks above them: of other signs no index knows anything. */
const isIndexed = (word: string): boolean =>
  /[\p{L}\p{N}]{3}/u.test(word.normalize('NFKD').replace(/[\u0300-\u036F]/g, ''))

/** A telephone number is stored with its country: the zeros, plus and spaces before and in it are how people write it. */
const toDigits = (text: string): string | undefined => {
  if (!/^[+\d\s()/.–-]+$/.test(text)) return undefined
  const digits = text.replace('(0)', '').replace(/\D/g, '').replace(/^0+/, '')
  return digits.length >= shortestWord ? digits : undefined
}
