const placeholder = /\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}/g

/** The names between double braces in a text, each once. */
export const placeholdersIn = (text: string): string[] => [
  ...new Set([...text.matchAll(placeholder)].map((match) => match[1] ?? '')),
]

/**
 * Puts values in place of `{{name}}`. One pass: braces inside a value stay what a person typed. The result is text, not
 * HTML; who shows it escapes it.
 * @throws RangeError for a name without a value.
 */
export const fillPlaceholders = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(placeholder, (_whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) throw new RangeError(`There is no {{${name}}} in this message.`)
    return value
  })
