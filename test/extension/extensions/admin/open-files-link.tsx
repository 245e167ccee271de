'use client'

import { Link, useConfig } from '@payloadcms/ui'

/** Leads to the page from the navigation of the admin. */
export const OpenFilesLink = () => {
  const { config } = useConfig()
  return (
    <Link className="nav__link" href={`${config.routes.admin}/practice-files`} prefetch={false}>
      <span className="nav__link-label">Open files</span>
    </Link>
  )
}
