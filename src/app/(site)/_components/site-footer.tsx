'use client'

import Link from 'next/link'
import { useTexts } from '../_lib/use-texts'
import { LanguageSwitch } from './language-switch'

export const SiteFooter = () => {
  const { site } = useTexts().messages
  return (
    <footer className="site-footer">
      <div className="site-footer__inner">
        <p>{site.footer}</p>
        <ul className="site-footer__links">
          <li>
            <Link href="/">{site.experts}</Link>
          </li>
          <li>
            <Link href="/request">{site.request}</Link>
          </li>
          <li>
            <Link href="/docs">{site.docsLong}</Link>
          </li>
        </ul>
        <LanguageSwitch />
      </div>
    </footer>
  )
}
