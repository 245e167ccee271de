'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTexts } from '../_lib/use-texts'
import { Logo } from './logo'

const links = [
  { href: '/', name: 'experts', isActive: (path: string) => path === '/' || path.startsWith('/experts') },
  { href: '/request', name: 'request', isActive: (path: string) => path.startsWith('/request') },
  { href: '/docs', name: 'docs', isActive: (path: string) => path.startsWith('/docs') },
  { href: '/account', name: 'account', isActive: (path: string) => path.startsWith('/account') },
] as const

export const SiteHeader = () => {
  const words = useTexts().messages.site
  const path = usePathname()
  return (
    <header className="site-header">
      <div className="site-header__inner">
        <Link className="site-header__home" href="/" aria-label={words.home}>
          <Logo />
          <span>{words.name}</span>
        </Link>
        <nav aria-label={words.navigation}>
          <ul className="site-header__links">
            {links.map(({ href, name, isActive }) => (
              <li key={href}>
                <Link href={href} aria-current={isActive(path) ? 'page' : undefined}>
                  {words[name]}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  )
}
