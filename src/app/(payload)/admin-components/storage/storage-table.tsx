import type { Storage, StorageGroup } from '#desk/storage/compute-storage'
import { bytesText } from '../lib/bytes-text'
import { InstantText } from '../lib/instant-text'

const about = (count: number): string => Math.round(count).toLocaleString('en')

const none = <span className="parley-quiet">–</span>

const KeptText = ({ kept: { days, part, text }, settingsUrl }: { kept: StorageGroup['kept']; settingsUrl: string }) => (
  <>
    {part === null ? null : `${part}: `}
    {days === null ? null : <a href={settingsUrl}>{days === 1 ? '1 day' : `${about(days)} days`}</a>}
    <small>{text}</small>
  </>
)

const Row = ({ group, settingsUrl }: { group: StorageGroup; settingsUrl: string }) => {
  const { name, label, rows, bytes, indexBytes, deadRows, recentRows, recentBytes, oldestAt, bytesPerBooking } = group
  return (
    <tr data-group={name}>
      <th scope="row">{label}</th>
      <td className="parley-table__amount">
        {bytesText(bytes)}
        <small>{bytesText(indexBytes)} of it indexes</small>
      </td>
      <td className="parley-table__amount">
        {rows === null ? <span className="parley-quiet">not looked at yet</span> : about(rows)}
        {rows !== null && deadRows > rows / 5 && deadRows > 1_000 ? (
          <small>{about(deadRows)} to be vacuumed</small>
        ) : null}
      </td>
      <td className="parley-table__amount">
        {recentBytes === null ? (
          none
        ) : (
          <>
            {bytesText(recentBytes)}
            <small>{about(recentRows ?? 0)} rows</small>
          </>
        )}
      </td>
      <td className="parley-table__amount">{bytesPerBooking === null ? none : bytesText(bytesPerBooking)}</td>
      <td>{oldestAt === null ? none : <InstantText instant={new Date(oldestAt).toISOString()} />}</td>
      <td>
        <KeptText kept={group.kept} settingsUrl={settingsUrl} />
      </td>
    </tr>
  )
}

/** What the database holds, the heaviest first. */
export const StorageTable = ({ storage, settingsUrl }: { storage: Storage; settingsUrl: string }) => {
  const { databaseBytes, bookings, bytesPerBooking, groups } = storage
  return (
    <>
      <dl className="parley-figures">
        <div>
          <dt>Database</dt>
          <dd>{bytesText(databaseBytes)}</dd>
        </div>
        <div>
          <dt>Sessions</dt>
          <dd>{about(bookings)}</dd>
        </div>
        <div>
          <dt>A session takes</dt>
          <dd>{bytesPerBooking === null ? 'not known yet' : bytesText(bytesPerBooking)}</dd>
        </div>
      </dl>
      {bookings === 0 ? (
        <p className="parley-quiet">
          No session has been booked yet, or PostgreSQL has not looked at the tables so far. It does so within minutes
          of the first bookings.
        </p>
      ) : null}
      <p className="parley-quiet" id="parley-storage-how">
        Rows and growth are estimates of PostgreSQL; small tables at which it has not looked yet are counted. What is
        older than what it is kept for is removed within minutes; its place is used again, so the database does not get
        smaller by it.
      </p>
      {/* Scrolls by keyboard as well where the window is narrow. */}
      <div aria-label="What the database holds" className="parley-table-wrap" role="region" tabIndex={0}>
        <table aria-describedby="parley-storage-how" className="parley-table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th className="parley-table__amount" scope="col">
                Size
              </th>
              <th className="parley-table__amount" scope="col">
                Rows
              </th>
              <th className="parley-table__amount" scope="col">
                Last 30 days
              </th>
              <th className="parley-table__amount" scope="col">
                A session
              </th>
              <th scope="col">Oldest</th>
              <th scope="col">Kept for</th>
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
