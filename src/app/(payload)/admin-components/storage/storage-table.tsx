'use client'

import type { Storage, StorageGroup } from '#desk/storage/compute-storage'
import { bytesText } from '../lib/bytes-text'
import { InstantText } from '../lib/instant-text'
import { useWords } from '../lib/use-words'

const about = (count: number, locale: string): string => Math.round(count).toLocaleString(locale)

const none = <span className="parley-quiet">–</span>

const KeptText = ({ kept: { days, part, text }, settingsUrl }: { kept: StorageGroup['kept']; settingsUrl: string }) => {
  const { say, locale } = useWords()
  return (
    <>
      {part === null ? null : `${part}: `}
      {days === null ? null : (
        <a href={settingsUrl}>{days === 1 ? say('1 day') : say('{count} days', { count: about(days, locale) })}</a>
      )}
      <small>{text}</small>
    </>
  )
}

const Row = ({ group, settingsUrl }: { group: StorageGroup; settingsUrl: string }) => {
  const { say, locale } = useWords()
  const { name, label, rows, bytes, indexBytes, deadRows, recentRows, recentBytes, oldestAt, bytesPerBooking } = group
  return (
    <tr data-group={name}>
      <th scope="row">{label}</th>
      <td className="parley-table__amount">
        {bytesText(bytes, locale)}
        <small>{say('{size} of it indexes', { size: bytesText(indexBytes, locale) })}</small>
      </td>
      <td className="parley-table__amount">
        {rows === null ? <span className="parley-quiet">{say('not looked at yet')}</span> : about(rows, locale)}
        {rows !== null && deadRows > rows / 5 && deadRows > 1_000 ? (
          <small>{say('{count} to be vacuumed', { count: about(deadRows, locale) })}</small>
        ) : null}
      </td>
      <td className="parley-table__amount">
        {recentBytes === null ? (
          none
        ) : (
          <>
            {bytesText(recentBytes, locale)}
            <small>{say('{count} rows', { count: about(recentRows ?? 0, locale) })}</small>
          </>
        )}
      </td>
      <td className="parley-table__amount">{bytesPerBooking === null ? none : bytesText(bytesPerBooking, locale)}</td>
      <td>{oldestAt === null ? none : <InstantText instant={new Date(oldestAt).toISOString()} />}</td>
      <td>
        <KeptText kept={group.kept} settingsUrl={settingsUrl} />
      </td>
    </tr>
  )
}

/** What the database holds, the heaviest first. */
export const StorageTable = ({ storage, settingsUrl }: { storage: Storage; settingsUrl: string }) => {
  const { say, locale } = useWords()
  const { databaseBytes, bookings, bytesPerBooking, groups } = storage
  return (
    <>
      <dl className="parley-figures">
        <div>
          <dt>{say('Database')}</dt>
          <dd>{bytesText(databaseBytes, locale)}</dd>
        </div>
        <div>
          <dt>{say('Sessions')}</dt>
          <dd>{about(bookings, locale)}</dd>
        </div>
        <div>
          <dt>{say('A session takes')}</dt>
          <dd>{bytesPerBooking === null ? say('not known yet') : bytesText(bytesPerBooking, locale)}</dd>
        </div>
      </dl>
      {bookings === 0 ? (
        <p className="parley-quiet">
          {say(
            'No session has been booked yet, or PostgreSQL has not looked at the tables so far. It does so within minutes of the first bookings.',
          )}
        </p>
      ) : null}
      <p className="parley-quiet" id="parley-storage-how">
        {say(
          'Rows and growth are estimates of PostgreSQL; small tables at which it has not looked yet are counted. What is older than what it is kept for is removed within minutes; its place is used again, so the database does not get smaller by it.',
        )}
      </p>
      {/* Scrolls by keyboard as well where the window is narrow. */}
      <div aria-label={say('What the database holds')} className="parley-table-wrap" role="region" tabIndex={0}>
        <table aria-describedby="parley-storage-how" className="parley-table">
          <thead>
            <tr>
              <th scope="col">{say('What')}</th>
              <th className="parley-table__amount" scope="col">
                {say('Size')}
              </th>
              <th className="parley-table__amount" scope="col">
                {say('Rows')}
              </th>
              <th className="parley-table__amount" scope="col">
                {say('Last 30 days')}
              </th>
              <th className="parley-table__amount" scope="col">
                {say('A session')}
              </th>
              <th scope="col">{say('Oldest')}</th>
              <th scope="col">{say('Kept for')}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <Row group={group} key={group.name} settingsUrl={settingsUrl} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
