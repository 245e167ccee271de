import type { WidgetServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isStaff } from '#access/roles'
import { searchWords } from '../search/search-words'
import { Widget } from '../today/widget'
import { todayWords } from '../today/today-words'

/** The search on the dashboard of staff; what it finds is a page of its own. */
export const SearchBox = ({ req }: WidgetServerProps) => {
  const { language } = req.i18n
  const words = searchWords(language)
  if (!isStaff(req)) return <Widget title={words.title}>{todayWords(language).staffAlone}</Widget>
  return (
    <Widget title={words.title}>
      <form
        action={formatAdminURL({ adminRoute: req.payload.config.routes.admin, path: '/search' })}
        className="parley-search-box"
        role="search"
      >
        <label htmlFor="parley-search-box">{words.label}</label>
        <input autoComplete="off" id="parley-search-box" maxLength={200} name="q" required type="search" />
        <button className="parley-slot" type="submit">
          {words.open}
        </button>
      </form>
    </Widget>
  )
}
