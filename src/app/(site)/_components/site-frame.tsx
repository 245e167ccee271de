import type { ReactNode } from 'react'
import { askedLanguage } from '../_lib/asked-language'
import { textsIn } from '../_lib/texts'
import { SpeakIn } from '../_lib/use-texts'
import { ChallengeBanner } from './challenge-banner'
import { OfflineBanner } from './offline-banner'
import { SiteFooter } from './site-footer'
import { SiteHeader } from './site-header'

/** The document around every page, in the language of whoever asks for it. */
export const SiteFrame = async ({ children }: { children: ReactNode }) => {
  const spoken = await askedLanguage()
  return (
    <html lang={spoken.language}>
      <body>
        <SpeakIn spoken={spoken}>
          <a className="skip-link" href="#content">
            {textsIn(spoken).messages.site.skip}
          </a>
          <SiteHeader />
          <OfflineBanner />
          <ChallengeBanner />
          <main id="content" className="page" tabIndex={-1}>
            {children}
          </main>
          <SiteFooter />
        </SpeakIn>
      </body>
    </html>
  )
}
