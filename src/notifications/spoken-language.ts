import { type MessageLanguage, messageLanguages } from './languages'

const inEnglish = new Intl.DisplayNames('en', { type: 'language' })

const isNamed = (language: MessageLanguage, spoken: string): boolean => {
  const name = spoken.trim().toLowerCase()
  if (name === language || name.startsWith(`${language}-`)) return true
  return [messageLanguages.row(language).label, inEnglish.of(language)].some((known) => known?.toLowerCase() === name)
}

/**
 * The first of a person's languages that messages are written in. They stand as people write them: a tag (`de-AT`), its
 * English name or its own ("German", "Deutsch"). null when none of them is known here.
 */
export const chooseSpokenLanguage = (spoken: readonly string[]): MessageLanguage | null => {
  for (const one of spoken) {
    const language = messageLanguages.names().find((name) => isNamed(name, one))
    if (language) return language
  }
  return null
}
