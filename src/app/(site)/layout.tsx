import type { ReactNode } from 'react'
import { SiteFrame } from './_components/site-frame'
import { pageMetadata } from './_lib/page-metadata'
import { siteViewport } from './site-viewport'
import './_styles/site.css'

/** Pages are rendered for each request: they speak the language of whoever asks, and their scripts carry the nonce of that answer's content security policy. */
export const dynamic = 'force-dynamic'

export const generateMetadata = pageMetadata(({ site }) => ({
  title: { default: site.title, template: `%s · ${site.name}` },
  description: site.description,
  // What somebody books is theirs, so no page tells any other host where a visitor came from.
  referrer: 'no-referrer',
  icons: { icon: '/favicon.svg' },
}))

export const viewport = siteViewport

const SiteLayout = ({ children }: { children: ReactNode }) => <SiteFrame>{children}</SiteFrame>

export default SiteLayout
