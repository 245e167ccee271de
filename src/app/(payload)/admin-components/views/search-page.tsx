import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isStaff } from '#access/roles'
import { SearchPanel } from '../search/search-panel'
import { adminWords } from '../words/admin-words'
import { AdminPage, requireAdminLogin } from './admin-page'

/** `/admin/search?q=`: everything that is found by what is known of it, for staff. */
export const SearchPage = (props: AdminViewServerProps) => {
  requireAdminLogin(props, '/search')
  const { req } = props.initPageResult
  const { admin: adminRoute } = req.payload.config.routes
  if (!isStaff(req)) redirect(formatAdminURL({ adminRoute, path: '/unauthorized' }))
  const question = props.searchParams?.q
  return (
    <AdminPage props={props} title={adminWords(req.i18n.language).say('Search')}>
      <SearchPanel question={typeof question === 'string' ? question.slice(0, 200) : ''} />
    </AdminPage>
  )
}
