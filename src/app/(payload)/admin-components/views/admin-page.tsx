import { DefaultTemplate } from '@payloadcms/next/templates'
import { Gutter } from '@payloadcms/ui'
import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import type { ReactNode } from 'react'

/** Sends away whoever is not logged in: a view of one's own is open to everybody unless it asks. */
export const requireAdminLogin = ({ initPageResult }: AdminViewServerProps, path: `/${string}`): void => {
  const { permissions, req } = initPageResult
  const { admin: adminRoute } = req.payload.config.routes
  if (req.user && permissions.canAccessAdmin) return
  const back = formatAdminURL({ adminRoute, path })
  redirect(`${formatAdminURL({ adminRoute, path: '/login' })}?redirect=${encodeURIComponent(back)}`)
}

/** A page of our own inside the admin, with its navigation and a heading. */
export const AdminPage = ({
  props,
  title,
  children,
}: {
  props: AdminViewServerProps
  title: string
  children: ReactNode
}) => {
  const { initPageResult, params, searchParams } = props
  const { locale, permissions, req, visibleEntities } = initPageResult
  return (
    <DefaultTemplate
      i18n={req.i18n}
      {...(locale ? { locale } : {})}
      params={params}
      payload={req.payload}
      permissions={permissions}
      req={req}
      searchParams={searchParams}
      user={req.user ?? undefined}
      viewActions={req.payload.config.admin.components.actions ?? []}
      visibleEntities={visibleEntities}
    >
      <Gutter className="parley-page">
        <h1>{title}</h1>
        {children}
      </Gutter>
    </DefaultTemplate>
  )
}
