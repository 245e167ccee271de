'use client'

import { Link, useAuth, useConfig } from '@payloadcms/ui'
import { usePathname } from 'next/navigation'
import { formatAdminURL } from 'payload/shared'
import { useWords } from './lib/use-words'

const pages = [
  { path: '/money', label: 'Money overview', roles: ['admin', 'operations'] },
  {
    path: '/payouts',
    label: 'My payouts',
    staffLabel: 'Payouts of consultants',
    roles: ['admin', 'operations', 'consultant'],
  },
] as const

/** Our own pages about money, in the navigation of those who may open them. */
export const MoneyLinks = () => {
  const { say } = useWords()
  const { user } = useAuth()
  const { config } = useConfig()
  const pathname = usePathname()
  const roles: readonly string[] = Array.isArray(user?.roles) ? user.roles : []
  const isStaff = roles.includes('admin') || roles.includes('operations')
  const shown = pages.filter((page) => page.roles.some((role) => roles.includes(role)))
  if (!shown.length) return null
  return (
    <ul className="parley-nav">
      {shown.map((page) => {
        const href = formatAdminURL({ adminRoute: config.routes.admin, path: page.path })
        const label = isStaff && 'staffLabel' in page ? page.staffLabel : page.label
        return (
          <li key={page.path}>
            <Link
              aria-current={pathname === href ? 'page' : undefined}
              className="nav__link"
              href={href}
              prefetch={false}
            >
              <span className="nav__link-label">{say(label)}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
