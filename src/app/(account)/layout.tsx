import type { ReactNode } from 'react'
import { SiteFrame } from '../(site)/_components/site-frame'
import { pageMetadata } from '../(site)/_lib/page-metadata'
import { siteViewport } from '../(site)/site-viewport'
import '../(site)/_styles/site.css'

/** Pages are rendered for each request, because their scripts carry the nonce of that answer's content security policy. */
export const dynamic = 'force-dynamic'

export const viewport = siteViewport

export const generateMetadata = pageMetadata(({ site: { name } }) => ({
  // What opens an account stands in the address of some of these pages.
  title: { default: name, template: `%s · ${name}` },
  referrer: 'no-referrer',
  icons: { icon: '/favicon.svg' },
}))

/** The pages about a login have a document of their own: whoever comes to them begins anew, with nothing in memory of who was logged in before. */
const AccountLayout = ({ children }: { children: ReactNode }) => <SiteFrame>{children}</SiteFrame>

export default AccountLayout
