/** What may begin a cell of a spreadsheet that splits at semicolons, or at line breaks within quotes, and what makes a formula of it. */
const formulasWithin = /([;\t\r\n]["\s]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g

/**
 * Text for a cell of a file that is separated by commas, for spreadsheets that split it elsewhere: Excel does so at semicolons where these are
 * usual, and takes quotes in the middle of what is a cell to it for text. An apostrophe keeps what they would run; the one before the whole text
 * is put there by whoever writes the file.
 */
export const withoutFormulasWithin = (text: string): string => text.replace(formulasWithin, "$1'")
