import Negotiator from 'negotiator'
import { headers } from 'next/headers'
import { type AccountLanguage, accountWords, isAccountLanguage } from '../_words/languages'

/** The language of these pages that the browser of whoever looks at them prefers; English where it speaks none of them. */
export const askedLanguage = async (): Promise<AccountLanguage> => {
  const accepted = (await headers()).get('accept-language')?.slice(0, 500)
  const asked = new Negotiator({ headers: accepted === undefined ? {} : { 'accept-language': accepted } })
  const language = asked.language(Object.keys(accountWords)) ?? 'en'
  return isAccountLanguage(language) ? language : 'en'
}
