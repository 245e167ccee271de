import type { WidgetServerProps } from 'payload'
import { ownConsultantId } from '#access/own-records'
import { isConsultant, isStaff } from '#access/roles'
import { countLists } from '#database/count-lists'
import { mostWaiting, sessionsWithin } from '#desk/today/read-waiting'
import { listNextSessions, type NextSession } from '#desk/today/today-queries'
import { sessionStates } from '#sessions/session-states'
import { dayMs } from '#shared/time'
import { InstantText } from '../lib/instant-text'
import { recordUrl, whereUrl } from '../lib/list-url'
import { StatePill } from '../lib/state-pill'
import { countText } from '../today/count-text'
import { type TodayWords, todayWords } from '../today/today-words'
import { Widget } from '../today/widget'

const shown = 8

const Line = ({
  session,
  words,
  now,
  adminRoute,
}: {
  session: NextSession
  words: TodayWords['next']
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
        {startsAt <= now ? <span className="parley-state parley-state--good">{words.on}</span> : null}
      </td>
      <td>{customer}</td>
      <td>{consultant}</td>
      <td>{serviceType}</td>
      <td>
        <StatePill label={sessionStates[status].label} state={status} />{' '}
        <span className="parley-quiet">{reference}</span>
      </td>
    </tr>
  )
}

/** What is on and what comes next: of everybody for staff, their own for consultants. Two statements. */
export const NowAndNext = async ({ req }: WidgetServerProps) => {
  const words = todayWords(req.i18n.language)
  const isOwn = !isStaff(req)
  const consultantId = isOwn && isConsultant(req) ? await ownConsultantId(req) : undefined
  if (isOwn && consultantId === undefined) return <Widget title={words.next.own}>{words.next.none}</Widget>
  const now = Date.now()
  const soon = sessionsWithin(now, dayMs)
  const sessions = await listNextSessions(req, { consultantId, limit: shown })
  const [count = 0] = await countLists(req, [soon], { most: mostWaiting })
  const { admin: adminRoute } = req.payload.config.routes
  return (
    <Widget title={isOwn ? words.next.own : words.next.title}>
      {sessions.length ? (
        <div className="parley-scroll">
          <table className="parley-table">
            <thead>
              <tr>
                {(['time', 'customer', 'consultant', 'serviceType', 'state'] as const).map((column) => (
                  <th key={column} scope="col">
                    {words.next[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sessions.map((session) => (
                <Line adminRoute={adminRoute} key={session.id} now={now} session={session} words={words.next} />
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="parley-quiet">{words.next.none}</p>
      )}
      <p>
        <a href={whereUrl({ adminRoute, ...soon, sort: 'startsAt' })}>{words.next.within(countText(count))}</a>
      </p>
    </Widget>
  )
}
