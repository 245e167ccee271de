const fallback = 'en-GB'

/**
 * The locale for dates and amounts: the visitor's own kind of English, for its order of day and month and its 12 or 24 hours.
 * The texts are English, so a month in another language would not fit into them.
 */
export const formatLocale = (): string => {
  if (typeof navigator === 'undefined') return fallback
  return navigator.languages.find((language) => /^en\b/i.test(language)) ?? fallback
}
