'use client'

import { Link, useAuth, useConfig } from '@payloadcms/ui'
import { useWords } from './lib/use-words'

/** The way to “My calendar”, for those who have one. */
export const CalendarLink = () => {
  const { say } = useWords()
  const { user } = useAuth()
  const { config } = useConfig()
  const roles: unknown = user?.roles
  if (!Array.isArray(roles) || !roles.includes('consultant')) return null
  return (
    <Link className="nav__link" href={`${config.routes.admin}/my-calendar`} prefetch={false}>
      <span className="nav__link-label">{say('My calendar')}</span>
    </Link>
  )
}
