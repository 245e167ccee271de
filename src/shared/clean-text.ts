/**
 * Makes any text safe to place into a mail, a subject or a calendar entry. Input from people is checked where it comes in
 * (`input.ts`); this is for what leaves, where the text may also come from an import, a provider or an older record.
 */

const unseen = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu

const shorten = (text: string, max: number): string => {
  const characters = [...text]
  return characters.length <= max
    ? text
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`
}

/**
 * One line: line breaks and tabs become spaces; control, bidirectional and invisible characters and lone surrogates go.
 * @param max characters (code points) that remain; a longer text ends with "…".
 */
export const cleanLine = (text: string, max = 200): string =>
  shorten(
    text
      .toWellFormed()
      .replace(/[\t-\r\u0085\u2028\u2029]/gu, ' ')
      .replace(unseen, '')
      .replace(/\s+/gu, ' ')
      .trim(),
    max,
  )

/** The same for text of several lines: line breaks remain (as `\n`), never more than one empty line in a row. */
export const cleanParagraph = (text: string, max = 4000): string =>
  shorten(
    text
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .split('\n')
      .map((line) => cleanLine(line, max))
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    max,
  )
