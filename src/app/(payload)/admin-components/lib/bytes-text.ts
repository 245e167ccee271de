const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 }

/** Bytes for people: `512 B`, `3.4 KB`, `120 MB`; of 1,024 each. */
export const bytesText = (bytes: number, locale: string): string => {
  let value = bytes
  let place = 0
  while (Math.abs(value) >= 1_024 && place < units.length - 1) {
    value /= 1_024
    place++
  }
  return `${place === 0 || value >= 100 ? Math.round(value).toLocaleString(locale) : value.toLocaleString(locale, oneDecimal)} ${units[place] ?? 'B'}`
}
