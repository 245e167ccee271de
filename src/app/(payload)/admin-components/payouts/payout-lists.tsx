import type { Money } from '#shared/money'
import { heldReasons, payoutStates, transferKinds, transferStates } from '#payments/payment-states'
import type { OpenPayout, PastTransfer } from '#payments/payout/payouts-page-queries'
import { adminLocale } from '../lib/admin-locale'
import { InstantText } from '../lib/instant-text'
import { moneyText } from '../lib/money-text'
import { StatePill } from '../lib/state-pill'

const iso = (instant: number): string => new Date(instant).toISOString()

/** What is owed, a figure for each currency. */
export const Balances = ({ balances }: { balances: Money[] }) => (
  <section aria-labelledby="payouts-balance" className="parley-panel">
    <h2 id="payouts-balance">Balance</h2>
    {balances.length ? (
      <dl className="parley-figures">
        {balances.map(({ amount, currency }) => (
          <div className={amount < 0 ? 'parley-figures--bad' : undefined} key={currency}>
            <dt>{amount < 0 ? `Owed to the platform, ${currency}` : `To be paid out, ${currency}`}</dt>
            <dd>{moneyText(Math.abs(amount), currency)}</dd>
          </div>
        ))}
      </dl>
    ) : (
      <p className="parley-quiet">Nothing was earned yet.</p>
    )}
  </section>
)

/** Payouts that are to come, or those that wait for something, with what that is. */
export const OpenPayouts = ({ payouts, isHeld }: { payouts: OpenPayout[]; isHeld: boolean }) => {
  const title = isHeld ? 'Held back' : 'Upcoming'
  if (isHeld && !payouts.length) return null
  return (
    <section aria-label={title} className="parley-panel">
      <h2>{title}</h2>
      {payouts.length ? (
        <div aria-label={`${title}, table`} className="parley-table-wrap" role="region" tabIndex={0}>
          <table className="parley-table">
            <thead>
              <tr>
                <th scope="col">Session</th>
                <th scope="col">{isHeld ? 'Why' : 'Paid out'}</th>
                <th className="parley-table__amount" scope="col">
                  Amount
                </th>
              </tr>
            </thead>
            <tbody>
              {payouts.map(
                ({
                  paymentId,
                  session,
                  sessionAt,
                  serviceType,
                  status,
                  dueAt,
                  heldReason,
                  heldNote,
                  amount,
                  currency,
                }) => (
                  <tr key={paymentId}>
                    <td>
                      {serviceType}
                      <small>
                        {session} · <InstantText instant={iso(sessionAt)} />
                      </small>
                    </td>
                    <td>
                      {isHeld ? (
                        <>
                          {heldReason === null ? payoutStates[status].label : heldReasons[heldReason]}
                          {heldNote === null ? null : <small>{heldNote}</small>}
                        </>
                      ) : dueAt === null ? (
                        'After the session'
                      ) : (
                        <InstantText instant={iso(dueAt)} />
                      )}
                    </td>
                    <td className="parley-table__amount">{moneyText(amount, currency)}</td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="parley-quiet">Nothing is waiting to be paid out.</p>
      )}
    </section>
  )
}

/** What was paid out, taken back or set off, latest first. */
export const PastTransfers = ({ transfers }: { transfers: PastTransfer[] }) => (
  <section aria-labelledby="payouts-past" className="parley-panel">
    <h2 id="payouts-past">Past transfers</h2>
    {transfers.length ? (
      <div aria-label="Past transfers, table" className="parley-table-wrap" role="region" tabIndex={0}>
        <table className="parley-table">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">What</th>
              <th scope="col">State</th>
              <th className="parley-table__amount" scope="col">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {transfers.map(({ id, reference, kind, status, session, amount, currency, at }) => (
              <tr key={id}>
                <td>
                  <InstantText instant={iso(at)} />
                </td>
                <td>
                  {transferKinds[kind]}
                  <small>
                    {reference} · {session}
                  </small>
                </td>
                <td>
                  <StatePill label={transferStates[status].label} state={status} />
                </td>
                <td className="parley-table__amount">{moneyText(amount, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    ) : (
      <p className="parley-quiet">Nothing was paid out yet.</p>
    )}
  </section>
)

const monthText = (month: string): string =>
  new Intl.DateTimeFormat(adminLocale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )

const formats = ['pdf', 'csv', 'json'] as const

/** The statements to download, latest month first. */
export const Statements = ({
  months,
  slug,
  timeZone,
  api,
}: {
  months: string[]
  slug: string
  timeZone: string
  api: string
}) => (
  <section aria-labelledby="payouts-statements" className="parley-panel">
    <h2 id="payouts-statements">Statements</h2>
    {months.length ? (
      <>
        <p className="parley-quiet">Months begin and end on the clock of {timeZone}. The current one still changes.</p>
        <ul className="parley-statements">
          {months.map((month) => (
            <li key={month}>
              <span>{monthText(month)}</span>
              {formats.map((format) => (
                <a
                  aria-label={`${monthText(month)} as ${format.toUpperCase()}`}
                  download={`statement-${slug}-${month}.${format}`}
                  href={`${api}/payments/statements/${slug}/${month}.${format}`}
                  key={format}
                >
                  {format.toUpperCase()}
                </a>
              ))}
            </li>
          ))}
        </ul>
      </>
    ) : (
      <p className="parley-quiet">The first statement is there once something is earned.</p>
    )}
  </section>
)
