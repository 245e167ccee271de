const fallback = 'en-GB'

/**
 * The locale for dates and amounts: the visitor's own kind of English, for its order of day and month and its 12 or 24 hours.
 * The texts are English, so a month in another language would not fit into them.
 */
export const formatLocale = (): string => {
  if (typeof navigator === 'undefined') return fallback
  return navigator.languages.find((language) => /^en\b/i.test(language) && isLocale(language)) ?? fallback
}

/** Some systems report languages that are no tags, for example `en-US@posix`; Intl throws at those. */
function isLocale(language: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([language]).length > 0
  } catch {
    return false
  }
}
