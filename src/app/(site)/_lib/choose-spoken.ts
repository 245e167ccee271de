import Negotiator from 'negotiator'
import { isSiteLanguage, siteLanguageNames, siteLanguages, type Spoken } from './languages'

/** Language and region of a tag: no other calendar, no other digits. Undefined for what is no tag, or names no region. */
const regionalTag = (tag: string): string | undefined => {
  try {
    const { language, region } = new Intl.Locale(tag)
    const regional = region === undefined ? undefined : `${language}-${region}`
    return regional !== undefined && Intl.DateTimeFormat.supportedLocalesOf([regional]).length > 0
      ? regional
      : undefined
  } catch {
    return undefined
  }
}

/**
 * What somebody has chosen on a page, else what their browser prefers, else English.
 * @param accepted the header `Accept-Language`, from anybody.
 */
export const chooseSpoken = ({
  chosen,
  accepted,
}: {
  chosen: string | undefined
  accepted: string | undefined
}): Spoken => {
  const asked = new Negotiator({ headers: accepted === undefined ? {} : { 'accept-language': accepted.slice(0, 500) } })
  const preferred = asked.language(siteLanguageNames)
  const language = [chosen, preferred].find(isSiteLanguage) ?? 'en'
  const ofLanguage = asked.languages().filter((tag) => tag.split('-')[0]?.toLowerCase() === language)
  const [locale = siteLanguages[language].locale] = ofLanguage.flatMap((tag) => regionalTag(tag) ?? [])
  return { language, locale }
}
