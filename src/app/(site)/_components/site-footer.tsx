import Link from 'next/link'

type Words = Record<'footer' | 'experts' | 'request' | 'docsLong', string>

export const SiteFooter = ({ words }: { words: Words }) => (
  <footer className="site-footer">
    <div className="site-footer__inner">
      <p>{words.footer}</p>
      <ul className="site-footer__links">
        <li>
          <Link href="/">{words.experts}</Link>
        </li>
        <li>
          <Link href="/request">{words.request}</Link>
        </li>
        <li>
          <Link href="/docs">{words.docsLong}</Link>
        </li>
      </ul>
    </div>
  </footer>
)
