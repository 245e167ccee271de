'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { messages } from '../messages'
import { Logo } from './logo'

const links = [
  { href: '/', label: messages.site.experts, isActive: (path: string) => path === '/' || path.startsWith('/experts') },
  { href: '/request', label: messages.site.request, isActive: (path: string) => path.startsWith('/request') },
  { href: '/docs', label: messages.site.docs, isActive: (path: string) => path.startsWith('/docs') },
]

export const SiteHeader = () => {
  const path = usePathname()
  return (
    <header className="site-header">
      <div className="site-header__inner">
        <Link className="site-header__home" href="/" aria-label={messages.site.home}>
          <Logo />
          <span>{messages.site.name}</span>
        </Link>
        <nav aria-label={messages.site.navigation}>
          <ul className="site-header__links">
            {links.map(({ href, label, isActive }) => (
              <li key={href}>
                <Link href={href} aria-current={isActive(path) ? 'page' : undefined}>
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  )
}
