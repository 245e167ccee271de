import type { WidgetServerProps } from 'payload'
import { isStaff } from '#access/roles'
import { decideUnbookable } from '#desk/today/decide-unbookable'
import { listUnbookable } from '#desk/today/today-queries'
import { recordUrl, whereUrl } from '../lib/list-url'
import { unbookableTexts } from '../today/waiting-words'
import { Widget } from '../today/widget'
import { adminWords } from '../words/admin-words'

const shown = 6
/** So many are told apart; an address with more ids would be too long. */
const most = 100

/** Experts of whom nothing can be booked, and what would have to change, for staff. One statement. */
export const UnbookableExperts = async ({ req }: WidgetServerProps) => {
  const { say } = adminWords(req.i18n.language)
  const title = say('Experts who cannot be booked')
  if (!isStaff(req)) return <Widget title={title}>{say('This is for operations.')}</Widget>
  const experts = await listUnbookable(req, { limit: most })
  const { admin: adminRoute } = req.payload.config.routes
  const all = whereUrl({
    adminRoute,
    collection: 'consultant-profiles',
    where: { id: { in: experts.map(({ id }) => id) } },
  })
  return (
    <Widget title={title}>
      {experts.length ? (
        <ul className="parley-lines">
          {experts.slice(0, shown).map((expert) => (
            <li key={expert.id}>
              <a href={recordUrl(adminRoute, 'consultant-profiles', expert.id)}>{expert.name}</a>{' '}
              <span className="parley-quiet">
                {decideUnbookable(expert)
                  .map((reason) => say(unbookableTexts[reason]))
                  .join(', ')}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="parley-quiet">{say('Every expert can be booked.')}</p>
      )}
      {experts.length > shown ? (
        <p>
          <a href={all}>{say('All {count}', { count: experts.length < most ? experts.length : `${most}+` })}</a>
        </p>
      ) : null}
    </Widget>
  )
}
