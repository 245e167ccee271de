'use client'

import { useRouter } from 'next/navigation'
import { isSiteLanguage, siteLanguageNames, siteLanguages } from '../_lib/languages'
import { languageCookieOf } from '../_lib/language-cookie'
import { useTexts } from '../_lib/use-texts'

/** For whoever wants another language than their browser says. What they have typed stays, as the page is not left. */
export const LanguageSwitch = () => {
  const router = useRouter()
  const { language, messages } = useTexts()
  return (
    <ul className="language-switch" aria-label={messages.site.language}>
      {siteLanguageNames.filter(isSiteLanguage).map((tag) => (
        <li key={tag}>
          <button
            type="button"
            lang={tag}
            aria-current={tag === language || undefined}
            onClick={() => {
              document.cookie = languageCookieOf(tag, { isSecure: window.location.protocol === 'https:' })
              router.refresh()
            }}
          >
            {siteLanguages[tag].name}
          </button>
        </li>
      ))}
    </ul>
  )
}
