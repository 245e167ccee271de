'use client'

import type { Money } from '#shared/money'
import { heldReasons, payoutStates, transferKinds, transferStates } from '#payments/payment-states'
import type { OpenPayout, PastTransfer } from '#payments/payout/payouts-page-queries'
import { InstantText } from '../lib/instant-text'
import { StatePill } from '../lib/state-pill'
import { useWords } from '../lib/use-words'

const iso = (instant: number): string => new Date(instant).toISOString()

/** What is owed, a figure for each currency. */
export const Balances = ({ balances }: { balances: Money[] }) => {
  const { say, money } = useWords()
  return (
    <section aria-labelledby="payouts-balance" className="parley-panel">
      <h2 id="payouts-balance">{say('Balance')}</h2>
      {balances.length ? (
        <dl className="parley-figures">
          {balances.map(({ amount, currency }) => (
            <div className={amount < 0 ? 'parley-figures--bad' : undefined} key={currency}>
              <dt>
                {amount < 0
                  ? say('Owed to the platform, {currency}', { currency })
                  : say('To be paid out, {currency}', { currency })}
              </dt>
              <dd>{money(Math.abs(amount), currency)}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="parley-quiet">{say('Nothing was earned yet.')}</p>
      )}
    </section>
  )
}

/** Payouts that are to come, or those that wait for something, with what that is. */
export const OpenPayouts = ({ payouts, isHeld }: { payouts: OpenPayout[]; isHeld: boolean }) => {
  const { say, money, inWords } = useWords()
  const title = isHeld ? say('Held back') : say('Upcoming')
  if (isHeld && !payouts.length) return null
  return (
    <section aria-label={title} className="parley-panel">
      <h2>{title}</h2>
      {payouts.length ? (
        <div aria-label={say('{title}, table', { title })} className="parley-table-wrap" role="region" tabIndex={0}>
          <table className="parley-table">
            <thead>
              <tr>
                <th scope="col">{say('Session')}</th>
                <th scope="col">{isHeld ? say('Why') : say('Paid out')}</th>
                <th className="parley-table__amount" scope="col">
                  {say('Amount')}
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
                          {inWords(heldReason === null ? payoutStates[status].label : heldReasons[heldReason])}
                          {heldNote === null ? null : <small>{heldNote}</small>}
                        </>
                      ) : dueAt === null ? (
                        say('After the session')
                      ) : (
                        <InstantText instant={iso(dueAt)} />
                      )}
                    </td>
                    <td className="parley-table__amount">{money(amount, currency)}</td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="parley-quiet">{say('Nothing is waiting to be paid out.')}</p>
      )}
    </section>
  )
}

/** What was paid out, taken back or set off, latest first. */
export const PastTransfers = ({ transfers }: { transfers: PastTransfer[] }) => {
  const { say, money, inWords } = useWords()
  return (
    <section aria-labelledby="payouts-past" className="parley-panel">
      <h2 id="payouts-past">{say('Past transfers')}</h2>
      {transfers.length ? (
        <div
          aria-label={say('{title}, table', { title: say('Past transfers') })}
          className="parley-table-wrap"
          role="region"
          tabIndex={0}
        >
          <table className="parley-table">
            <thead>
              <tr>
                <th scope="col">{say('When')}</th>
                <th scope="col">{say('What')}</th>
                <th scope="col">{say('State')}</th>
                <th className="parley-table__amount" scope="col">
                  {say('Amount')}
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
                    {inWords(transferKinds[kind])}
                    <small>
                      {reference} · {session}
                    </small>
                  </td>
                  <td>
                    <StatePill label={inWords(transferStates[status].label)} state={status} />
                  </td>
                  <td className="parley-table__amount">{money(amount, currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="parley-quiet">{say('Nothing was paid out yet.')}</p>
      )}
    </section>
  )
}

const monthText = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
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
}) => {
  const { say, locale } = useWords()
  return (
    <section aria-labelledby="payouts-statements" className="parley-panel">
      <h2 id="payouts-statements">{say('Statements')}</h2>
      {months.length ? (
        <>
          <p className="parley-quiet">
            {say('Months begin and end on the clock of {zone}. The current one still changes.', { zone: timeZone })}
          </p>
          <ul className="parley-statements">
            {months.map((month) => (
              <li key={month}>
                <span>{monthText(month, locale)}</span>
                {formats.map((format) => (
                  <a
                    aria-label={say('{month} as {format}', {
                      month: monthText(month, locale),
                      format: format.toUpperCase(),
                    })}
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
        <p className="parley-quiet">{say('The first statement is there once something is earned.')}</p>
      )}
    </section>
  )
}
