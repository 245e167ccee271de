import type { AdminViewServerProps } from 'payload'
import { AdminPage } from '#admin-page'
import { listOpenFiles } from './list-open-files'

/** What the practice works on: staff see all files, a lawyer their own. */
export const OpenFilesPage = async (props: AdminViewServerProps) => {
  const files = await listOpenFiles(props.initPageResult.req)
  return (
    <AdminPage props={props} title="Open files">
      {files.length ? (
        <ul>
          {files.map(({ id, number, opponent }) => (
            <li key={id}>
              {number}
              {opponent ? ` · against ${opponent}` : null}
            </li>
          ))}
        </ul>
      ) : (
        <p>There is no open file.</p>
      )}
    </AdminPage>
  )
}
