import { cookies, headers } from 'next/headers'
import { chooseSpoken } from './choose-spoken'
import { languageCookie } from '#shared/language-cookie'
import type { Spoken } from './languages'
import { textsIn, type Texts } from './texts'

/** How to speak to whoever asks for this page. */
export const askedLanguage = async (): Promise<Spoken> => {
  const [sent, kept] = await Promise.all([headers(), cookies()])
  return chooseSpoken({
    chosen: kept.get(languageCookie)?.value,
    accepted: sent.get('accept-language') ?? undefined,
  })
}

/** The words for whoever asks for this page. */
export const askedTexts = async (): Promise<Texts> => textsIn(await askedLanguage())
