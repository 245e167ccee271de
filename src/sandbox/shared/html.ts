/** Text that is HTML already; made by `html` only. */
export type SafeHtml = { readonly html: string }

type Part = SafeHtml | string | number | null | undefined | false | readonly SafeHtml[]

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)

const toHtml = (part: Part): string => {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'html' in part ? part.html : part.map((item) => item.html).join('')
}

/** A template whose values are escaped, unless they are HTML already. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): SafeHtml => ({
  html: strings.reduce((text, piece, index) => text + toHtml(parts[index - 1]) + piece),
})
