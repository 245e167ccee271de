/** The form in which texts are searched and compared: lower case, without accents, one space between words. */
export const toSearchKey = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim()

/** At most so many words of a question count. */
const maxWords = 8

/** The words that a question asks for, each of which must be found somewhere. */
export const toSearchWords = (question: string): string[] =>
  [...new Set(toSearchKey(question).split(' '))].filter(Boolean).slice(0, maxWords)
