import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ChallengeBanner } from '../(site)/_components/challenge-banner'
import { OfflineBanner } from '../(site)/_components/offline-banner'
import { SiteFooter } from '../(site)/_components/site-footer'
import { SiteHeader } from '../(site)/_components/site-header'
import { siteViewport } from '../(site)/site-viewport'
import '../(site)/_styles/site.css'
import { askedLanguage } from './_lib/asked-language'
import { WordsOf } from './_lib/use-words'
import { accountWords } from './_words/languages'

/** Pages are rendered for each request, because their scripts carry the nonce of that answer's content security policy. */
export const dynamic = 'force-dynamic'

export const viewport = siteViewport

export const generateMetadata = async (): Promise<Metadata> => {
  const { name } = accountWords[await askedLanguage()].site
  // What opens an account stands in the address of some of these pages.
  return {
    title: { default: name, template: `%s · ${name}` },
    referrer: 'no-referrer',
    icons: { icon: '/favicon.svg' },
  }
}

/** The pages about a login speak the language of whoever looks at them, so they have a document of their own. */
const AccountLayout = async ({ children }: { children: ReactNode }) => {
  const language = await askedLanguage()
  const { site } = accountWords[language]
  return (
    <html lang={language}>
      <body>
        <a className="skip-link" href="#content">
          {site.skip}
        </a>
        <SiteHeader words={site} />
        <OfflineBanner text={site.offline} />
        <ChallengeBanner words={{ solving: site.solving, solvingProgress: site.solvingProgress }} />
        <main id="content" className="page" tabIndex={-1}>
          <WordsOf language={language}>{children}</WordsOf>
        </main>
        <SiteFooter words={site} />
      </body>
    </html>
  )
}

export default AccountLayout
