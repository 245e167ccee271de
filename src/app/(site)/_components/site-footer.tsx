import Link from 'next/link'
import { messages } from '../messages'

export const SiteFooter = () => (
  <footer className="site-footer">
    <div className="site-footer__inner">
      <p>{messages.site.footer}</p>
      <ul className="site-footer__links">
        <li>
          <Link href="/">{messages.site.experts}</Link>
        </li>
        <li>
          <Link href="/request">{messages.site.request}</Link>
        </li>
        <li>
          <Link href="/docs">{messages.docs.title}</Link>
        </li>
      </ul>
    </div>
  </footer>
)
