import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ChallengeBanner } from './_components/challenge-banner'
import { OfflineBanner } from './_components/offline-banner'
import { SiteFooter } from './_components/site-footer'
import { SiteHeader } from './_components/site-header'
import { messages } from './messages'
import { siteViewport } from './site-viewport'
import './_styles/site.css'

/** Pages are rendered for each request, because their scripts carry the nonce of that answer's content security policy. */
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: messages.site.title, template: `%s · ${messages.site.name}` },
  description: messages.site.description,
  // What somebody books is theirs, so no page tells any other host where a visitor came from.
  referrer: 'no-referrer',
  icons: { icon: '/favicon.svg' },
}

export const viewport = siteViewport

const { solving, solvingProgress } = messages.common

const SiteLayout = ({ children }: { children: ReactNode }) => (
  <html lang="en">
    <body>
      <a className="skip-link" href="#content">
        {messages.site.skip}
      </a>
      <SiteHeader words={messages.site} />
      <OfflineBanner text={messages.common.offline} />
      <ChallengeBanner words={{ solving, solvingProgress }} />
      <main id="content" className="page" tabIndex={-1}>
        {children}
      </main>
      <SiteFooter words={{ ...messages.site, docsLong: messages.docs.title }} />
    </body>
  </html>
)

export default SiteLayout
