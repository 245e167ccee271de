import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isStaff } from '#access/roles'
import { readStorage } from '#desk/storage/read-storage'
import { StorageTable } from '../storage/storage-table'
import { adminWords } from '../words/admin-words'
import { AdminPage, requireAdminLogin } from './admin-page'

/** `/admin/storage`: what the database holds, how it grows and for how long it is kept, for staff. */
export const StoragePage = async (props: AdminViewServerProps) => {
  requireAdminLogin(props, '/storage')
  const { say } = adminWords(props.initPageResult.req.i18n.language)
  const { req } = props.initPageResult
  const { admin: adminRoute } = req.payload.config.routes
  if (!isStaff(req)) redirect(formatAdminURL({ adminRoute, path: '/unauthorized' }))
  const storage = await readStorage(req).catch((err: unknown) => {
    req.payload.logger.error({ err, msg: 'The sizes of the database could not be read' })
    return undefined
  })
  return (
    <AdminPage props={props} title={say('Storage')}>
      {storage ? (
        <StorageTable
          settingsUrl={formatAdminURL({ adminRoute, path: '/globals/booking-settings' })}
          storage={storage}
        />
      ) : (
        <p className="parley-fault" role="alert">
          {say('The sizes could not be read. Reload the page; if that does not help, the log says why.')}
        </p>
      )}
    </AdminPage>
  )
}
