import type { WidgetServerProps } from 'payload'
import { listOpenFiles } from './list-open-files'

/** How many files are open, on the dashboard. */
export const OpenFilesWidget = async ({ req }: WidgetServerProps) => {
  const { length } = await listOpenFiles(req)
  return (
    <div className="card">
      <h3>Open files</h3>
      <p>{length === 1 ? '1 file is open.' : `${length} files are open.`}</p>
    </div>
  )
}
