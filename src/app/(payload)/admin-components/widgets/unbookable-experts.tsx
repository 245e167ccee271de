import type { WidgetServerProps } from 'payload'
import { isStaff } from '#access/roles'
import { decideUnbookable } from '#desk/today/decide-unbookable'
import { listUnbookable } from '#desk/today/today-queries'
import { recordUrl, whereUrl } from '../lib/list-url'
import { todayWords } from '../today/today-words'
import { Widget } from '../today/widget'

const shown = 6
/** So many are told apart; an address with more ids would be too long. */
const most = 100

/** Experts of whom nothing can be booked, and what would have to change, for staff. One statement. */
export const UnbookableExperts = async ({ req }: WidgetServerProps) => {
  const { experts: words, staffAlone } = todayWords(req.i18n.language)
  if (!isStaff(req)) return <Widget title={words.title}>{staffAlone}</Widget>
  const experts = await listUnbookable(req, { limit: most })
  const { admin: adminRoute } = req.payload.config.routes
  const all = whereUrl({
    adminRoute,
    collection: 'consultant-profiles',
    where: { id: { in: experts.map(({ id }) => id) } },
  })
  return (
    <Widget title={words.title}>
      {experts.length ? (
        <ul className="parley-lines">
          {experts.slice(0, shown).map((expert) => (
            <li key={expert.id}>
              <a href={recordUrl(adminRoute, 'consultant-profiles', expert.id)}>{expert.name}</a>{' '}
              <span className="parley-quiet">
                {decideUnbookable(expert)
                  .map((reason) => words.reasons[reason])
                  .join(', ')}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="parley-quiet">{words.none}</p>
      )}
      {experts.length > shown ? (
        <p>
          <a href={all}>{words.all(experts.length < most ? String(experts.length) : `${most}+`)}</a>
        </p>
      ) : null}
    </Widget>
  )
}
