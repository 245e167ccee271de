/** As much of a file's own name as is kept: enough to know it by, and short enough for every disk and address. */
const longestWords = 60

/** 64 random bits in hexadecimal. */
const stampPattern = /-[0-9a-f]{16}$/

const extensionOf = (filename: string): string => /\.([a-z0-9]{1,5})$/i.exec(filename)?.[1]?.toLowerCase() ?? 'bin'

/** Latin letters, digits and hyphens: they mean the same in every address, key and file system. */
const toWords = (filename: string): string =>
  filename
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(stampPattern, '')
    .slice(0, longestWords)
    .replace(/^-+|-+$/g, '')

/** Names that a picture has: of the file itself, and of each of its sizes; a size that was not made has none. */
export type MediaNames = { filename?: string | null; sizes?: Readonly<Record<string, { filename?: string | null }>> }

/**
 * Names that no other content ever has, for a picture and its sizes.
 * @param given what they would be called without.
 * @param stamp 16 hexadecimal digits, by chance.
 */
export const computeMediaNames = (
  given: MediaNames,
  stamp: string,
): { filename: string; sizes: Record<string, string> } => {
  const original = given.filename ?? ''
  const base = `${toWords(original) || 'picture'}-${stamp}`
  return {
    filename: `${base}.${extensionOf(original)}`,
    sizes: Object.fromEntries(
      Object.entries(given.sizes ?? {}).flatMap(([size, file]) =>
        file.filename ? [[size, `${base}-${toWords(size)}.${extensionOf(file.filename)}`]] : [],
      ),
    ),
  }
}

/** The names of all files that belong to a picture. */
export const namesOfMedia = ({ filename, sizes }: MediaNames): string[] =>
  [filename, ...Object.values(sizes ?? {}).map((size) => size.filename)].flatMap((name) => name || [])
