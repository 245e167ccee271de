/** A text of the product, in each language that its admin speaks. */
export type Words = Readonly<{ en: string; de: string }>

/** A text of which an installation may give one form for all languages. */
export type Label = string | Words

/** In the language that somebody reads (`de`, `de-AT`); in English when it is neither. */
export const inLanguage = (label: Label, language: string): string => {
  if (typeof label === 'string') return label
  return /^de\b/.test(language) ? label.de : label.en
}

/** For what is English whoever reads it: refusals of the API, logs, documents. */
export const inEnglish = (label: Label): string => inLanguage(label, 'en')
