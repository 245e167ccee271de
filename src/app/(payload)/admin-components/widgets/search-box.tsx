import type { WidgetServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isStaff } from '#access/roles'
import { Widget } from '../today/widget'
import { adminWords } from '../words/admin-words'

/** The search on the dashboard of staff; what it finds is a page of its own. */
export const SearchBox = ({ req }: WidgetServerProps) => {
  const { say } = adminWords(req.i18n.language)
  const title = say('Search')
  if (!isStaff(req)) return <Widget title={title}>{say('This is for operations.')}</Widget>
  return (
    <Widget title={title}>
      <form
        action={formatAdminURL({ adminRoute: req.payload.config.routes.admin, path: '/search' })}
        className="parley-search-box"
        role="search"
      >
        <label htmlFor="parley-search-box">{say('Name, address, telephone number, reference or id')}</label>
        <input autoComplete="off" id="parley-search-box" maxLength={200} name="q" required type="search" />
        <button className="parley-slot" type="submit">
          {title}
        </button>
      </form>
    </Widget>
  )
}
