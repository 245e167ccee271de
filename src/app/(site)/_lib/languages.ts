/** The languages that the pages speak: what each calls itself, and the locale of dates and amounts for whoever names no region. */
export const siteLanguages = {
  en: { name: 'English', locale: 'en-GB' },
  de: { name: 'Deutsch', locale: 'de-DE' },
} as const

export type SiteLanguage = keyof typeof siteLanguages

/** How a page speaks to whoever looks at it: its language, and their own kind of it, for the order of day and month and 12 or 24 hours. */
export type Spoken = { language: SiteLanguage; locale: string }

export const siteLanguageNames = Object.keys(siteLanguages)

export const isSiteLanguage = (tag: string | undefined): tag is SiteLanguage =>
  tag !== undefined && Object.hasOwn(siteLanguages, tag)
