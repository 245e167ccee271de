const keptMs = 60_000

/** Hands a file to the browser as if it had followed a link to it. */
export const saveFile = (file: Blob, name: string): void => {
  const href = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
  // The browser may read it after this.
  setTimeout(() => URL.revokeObjectURL(href), keptMs)
}
