import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isStaff } from '#access/roles'
import { StuckWorkList } from '../operations/stuck-work-list'
import type { WorkQuery } from '../operations/work-view'
import { adminWords } from '../words/admin-words'
import { AdminPage, requireAdminLogin } from './admin-page'

type SearchParams = NonNullable<AdminViewServerProps['searchParams']>

const readQuery = (params: SearchParams): WorkQuery => {
  const query: WorkQuery = {}
  for (const name of ['kind', 'provider', 'search', 'cursor'] as const) {
    const value = params[name]
    if (typeof value === 'string' && value) query[name] = value
  }
  return params.shown === 'given_up' ? { ...query, shown: 'given_up' } : query
}

/** `/admin/operations`: what is stuck and how providers fare, for staff. What it shows and does goes by the API. */
export const StuckWorkPage = (props: AdminViewServerProps) => {
  requireAdminLogin(props, '/operations')
  const { say } = adminWords(props.initPageResult.req.i18n.language)
  const { req } = props.initPageResult
  const { admin: adminRoute } = req.payload.config.routes
  if (!isStaff(req)) redirect(formatAdminURL({ adminRoute, path: '/unauthorized' }))
  return (
    <AdminPage props={props} title={say('What is stuck')}>
      <StuckWorkList
        path={formatAdminURL({ adminRoute, path: '/operations' })}
        query={readQuery(props.searchParams ?? {})}
      />
    </AdminPage>
  )
}
