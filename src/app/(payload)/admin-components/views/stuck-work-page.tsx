import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isStaff } from '#access/roles'
import { StuckWork } from '../operations/stuck-work'
import { AdminPage, requireAdminLogin } from './admin-page'

const textOf = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' && value ? value : undefined

/** `/admin/operations`: what is stuck and how providers fare, for staff. What it shows and does goes by the API. */
export const StuckWorkPage = (props: AdminViewServerProps) => {
  requireAdminLogin(props, '/operations')
  const { req } = props.initPageResult
  const { admin: adminRoute } = req.payload.config.routes
  if (!isStaff(req)) redirect(formatAdminURL({ adminRoute, path: '/unauthorized' }))
  const { kind, provider, search, shown, cursor } = props.searchParams ?? {}
  return (
    <AdminPage props={props} title="What is stuck">
      <StuckWork
        path={formatAdminURL({ adminRoute, path: '/operations' })}
        query={{
          kind: textOf(kind),
          provider: textOf(provider),
          search: textOf(search),
          shown: textOf(shown) === 'given_up' ? 'given_up' : undefined,
          cursor: textOf(cursor),
        }}
      />
    </AdminPage>
  )
}
