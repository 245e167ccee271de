import type { WidgetServerProps } from 'payload'
import { ownConsultantId } from '#access/own-records'
import { isConsultant, isStaff } from '#access/roles'
import { countLists } from '#database/count-lists'
import { mostWaiting, narrowLists, sessionsWithin } from '#desk/today/read-waiting'
import { listNextSessions, type NextSession } from '#desk/today/today-queries'
import { sessionStates } from '#sessions/session-states'
import { dayMs } from '#shared/time'
import { InstantText } from '../lib/instant-text'
import { recordUrl, whereUrl } from '../lib/list-url'
import { StatePill } from '../lib/state-pill'
import { countText } from '../today/count-text'
import { Widget } from '../today/widget'
import { type AdminWords, adminWords } from '../words/admin-words'

const shown = 8
const columns = ['Time', 'Customer', 'Consultant', 'Service', 'State'] as const

const Line = ({
  session,
  words: { say, labelIn },
  now,
  adminRoute,
}: {
  session: NextSession
  words: AdminWords
  now: number
  adminRoute: string
}) => {
  const { id, reference, status, startsAt, consultant, customer, serviceType } = session
  return (
    <tr>
      <td>
        <a href={recordUrl(adminRoute, 'scheduled-sessions', id)}>
          <InstantText instant={new Date(startsAt).toISOString()} />
        </a>
        {startsAt <= now ? <span className="parley-state parley-state--good">{say('on now')}</span> : null}
      </td>
      <td>{customer}</td>
      <td>{consultant}</td>
      <td>{serviceType}</td>
      <td>
        <StatePill label={labelIn(sessionStates, status)} state={status} />{' '}
        <span className="parley-quiet">{reference}</span>
      </td>
    </tr>
  )
}

/** What is on and what comes next: of everybody for staff, their own for consultants. Two statements. */
export const NowAndNext = async ({ req }: WidgetServerProps) => {
  const words = adminWords(req.i18n.language)
  const { say } = words
  const isOwn = !isStaff(req)
  const title = say(isOwn ? 'Your sessions: now and next' : 'Now and next')
  const consultantId = isOwn && isConsultant(req) ? await ownConsultantId(req) : undefined
  if (isOwn && consultantId === undefined) return <Widget title={title}>{say('Nothing is booked from now on.')}</Widget>
  const now = Date.now()
  const [soon = sessionsWithin(now, dayMs)] = await narrowLists(req, [sessionsWithin(now, dayMs)])
  const sessions = await listNextSessions(req, { consultantId, limit: shown })
  const [count = 0] = await countLists(req, [soon], { most: mostWaiting })
  const { admin: adminRoute } = req.payload.config.routes
  return (
    <Widget title={title}>
      {sessions.length ? (
        <div className="parley-scroll">
          <table className="parley-table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {say(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sessions.map((session) => (
                <Line adminRoute={adminRoute} key={session.id} now={now} session={session} words={words} />
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="parley-quiet">{say('Nothing is booked from now on.')}</p>
      )}
      <p>
        <a href={whereUrl({ adminRoute, ...soon, sort: 'startsAt' })}>
          {count
            ? say('{count} in the next 24 hours', { count: countText(count) })
            : say('Nothing in the next 24 hours')}
        </a>
      </p>
    </Widget>
  )
}
