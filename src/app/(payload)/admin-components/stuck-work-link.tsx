'use client'

import { Link, useAuth, useConfig } from '@payloadcms/ui'
import { usePathname } from 'next/navigation'
import { formatAdminURL } from 'payload/shared'
import { useWords } from './lib/use-words'

/** The way to “What is stuck”, for staff. */
export const StuckWorkLink = () => {
  const { say } = useWords()
  const { user } = useAuth()
  const { config } = useConfig()
  const pathname = usePathname()
  const roles: unknown = user?.roles
  if (!Array.isArray(roles) || !(roles.includes('admin') || roles.includes('operations'))) return null
  const href = formatAdminURL({ adminRoute: config.routes.admin, path: '/operations' })
  return (
    <Link aria-current={pathname === href ? 'page' : undefined} className="nav__link" href={href} prefetch={false}>
      <span className="nav__link-label">{say('What is stuck')}</span>
    </Link>
  )
}
