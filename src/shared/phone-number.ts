import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { readLine } from './read-text'

/** What people write before an extension, and the extension. */
const extension = /[\s,;(]*(?:extension|ext|extn|durchwahl|dw|app|apparat|poste|x|#)\s*[.:=]?\s*(\d{1,7})\)?$/i

/** Full-width digits and signs, and dashes of all kinds. */
const toUsualSigns = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/^tel:/i, '')
    .replace(/\s+/g, ' ')
    .trim()

/** With its country code: without spaces and signs, and without the zero that is only dialled at home. */
const toInternational = (text: string): string | undefined => {
  const number = parsePhoneNumberFromString(text, { extract: false })
  if (number?.isPossible()) return number.number
  const digits = `+${text.slice(1).replace(/\(0\)|[^0-9]/g, '')}`
  // New ranges are in use before every table knows them.
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : undefined
}

/**
 * A telephone number as it is stored: E.164 (`+442079460958`), with ` ext. 12` behind it where it has an extension. Without a country code it stays what was
 * dialled: which country is meant nobody can know.
 * @returns undefined for what is no number.
 */
export const readPhoneNumber = (text: string): string | undefined => {
  const line = readLine(text).value
  if (line === undefined || line.length > 64) return undefined
  const usual = toUsualSigns(line)
  const [whole = '', digits] = extension.exec(usual) ?? []
  const main = (whole ? usual.slice(0, -whole.length) : usual).trim().replace(/^00(?=[1-9])/, '+')
  if (!/^\+?[0-9(][0-9 ()./-]{3,40}$/.test(main)) return undefined
  const number = main.startsWith('+') ? toInternational(main) : main
  return number === undefined ? undefined : `${number}${digits === undefined ? '' : ` ext. ${digits}`}`
}
