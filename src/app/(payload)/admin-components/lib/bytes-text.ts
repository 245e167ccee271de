const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** Bytes for people: `512 B`, `3.4 KB`, `120 MB`; of 1,024 each. */
export const bytesText = (bytes: number): string => {
  let value = bytes
  let place = 0
  while (Math.abs(value) >= 1_024 && place < units.length - 1) {
    value /= 1_024
    place++
  }
  return `${place === 0 || value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1)} ${units[place] ?? 'B'}`
}
