'use client'

import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { actorRoles } from '#shared/actor'
import { InstantText } from '../lib/instant-text'
import { recordUrl } from '../lib/list-url'
import { toneOf } from '../lib/state-tone'
import type { TimelineView } from './payment-view'
import { useWords } from '../lib/use-words'

/** What the books and Stripe say of the same things; shown to whoever wants to see how it came about. */
const details: readonly string[] = ['ledger', 'event']

const Entry = ({ item }: { item: TimelineView }) => {
  const { say, money, labelIn } = useWords()
  const { config } = useConfig()
  const { at, title, state, detail, amount, by, stripe, record, movements } = item
  const who =
    by === null ? null : by.name === null ? labelIn(actorRoles, by.role) : `${by.name}, ${labelIn(actorRoles, by.role)}`
  return (
    <li className={`parley-timeline__item parley-timeline__item--${state === null ? 'over' : toneOf(state)}`}>
      <p>
        <strong>{title}</strong>
        {amount === null ? null : <> · {money(amount.amount, amount.currency)}</>}
      </p>
      {movements.length ? (
        <ul className="parley-movements">
          {movements.map(({ label, amount: moved }) => (
            <li key={label}>
              {label} <span className="parley-amount">{money(moved.amount, moved.currency)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {detail === null ? null : <p>{detail}</p>}
      <p className="parley-quiet">
        <InstantText instant={at} />
        {who === null ? null : ` · ${who}`}
        {record === null ? null : (
          <>
            {' · '}
            <a href={recordUrl(config.routes.admin, record.collection, record.id)}>{say('Record')}</a>
          </>
        )}
        {stripe === null ? null : stripe.url === null ? (
          ` · ${stripe.id}`
        ) : (
          <>
            {' · '}
            <a href={stripe.url} rel="noreferrer" target="_blank" title={stripe.id}>
              Stripe
            </a>
          </>
        )}
      </p>
    </li>
  )
}

/** What happened to a payment, latest first. */
export const Timeline = ({ items }: { items: TimelineView[] }) => {
  const { say } = useWords()
  const [isWhole, setWhole] = useState(false)
  const hasDetails = items.some(({ source }) => details.includes(source))
  const shown = isWhole ? items : items.filter(({ source }) => !details.includes(source))
  return (
    <section aria-label={say('What happened')}>
      <div className="parley-timeline__head">
        <h3>{say('What happened')}</h3>
        {hasDetails ? (
          <label>
            <input checked={isWhole} onChange={(event) => setWhole(event.target.checked)} type="checkbox" />{' '}
            {say('With bookings and Stripe’s events')}
          </label>
        ) : null}
      </div>
      {shown.length ? null : <p className="parley-quiet">{say('Nothing has happened yet.')}</p>}
      <ol className="parley-history parley-timeline">
        {shown.toReversed().map((item, index) => (
          <Entry item={item} key={index} />
        ))}
      </ol>
    </section>
  )
}
