'use client'

import { Button, useConfig } from '@payloadcms/ui'
import { useId } from 'react'
import { recordUrl } from '../lib/list-url'
import { SinceText } from '../lib/since-text'
import type { MendingChoice, WorkItemView } from './work-view'

type Props = {
  item: WorkItemView
  now: number
  isChosen: boolean
  isBusy: boolean
  onChoose: (isChosen: boolean) => void
  onDecide: (decision: MendingChoice) => void
}

const labels: Readonly<Record<MendingChoice, string>> = { tryAgain: 'Try again', giveUp: 'Give up' }

const State = ({ item: { isOver, givenUp } }: { item: WorkItemView }) => {
  if (givenUp) return <span className="parley-state">Given up</span>
  return isOver ? (
    <span className="parley-state parley-state--bad">Failed</span>
  ) : (
    <span className="parley-state parley-state--waiting">Waits</span>
  )
}

const Records = ({ records }: Pick<WorkItemView, 'records'>) => {
  const { config, getEntityConfig } = useConfig()
  if (!records.length) return null
  return (
    <ul className="parley-work__records">
      {records.map(({ collection, id, title }) => {
        const label = getEntityConfig({ collectionSlug: collection })?.labels.singular
        return (
          <li key={`${collection} ${id}`}>
            <span className="parley-quiet">{typeof label === 'string' ? label : collection}</span>{' '}
            <a href={recordUrl(config.routes.admin, collection, id)}>{title}</a>
          </li>
        )
      })}
    </ul>
  )
}

const Times = ({ item: { since, tries, nextAt, isOver }, now }: Pick<Props, 'item' | 'now'>) => (
  <p className="parley-quiet">
    Since <SinceText instant={since} now={now} /> · {tries === 1 ? 'tried once' : `tried ${tries} times`} ·{' '}
    {nextAt !== null ? (
      <>
        next <SinceText instant={nextAt} now={now} />
      </>
    ) : isOver ? (
      'not tried again by itself'
    ) : (
      'next when a worker comes to it'
    )}
  </p>
)

/** One piece of stuck work: what it is, since when, why, and what can be done about it. */
export const StuckWorkItem = ({ item, now, isChosen, isBusy, onChoose, onDecide }: Props) => {
  const { title, kindLabel, provider, why, hint, noted, actions, givenUp, records } = item
  const id = useId()
  const decisions = (['tryAgain', 'giveUp'] as const).filter((decision) => actions?.[decision].isAllowed)
  const refusals = (['tryAgain', 'giveUp'] as const).flatMap((decision) =>
    actions && !givenUp && !actions[decision].isAllowed ? [actions[decision].text] : [],
  )
  return (
    <li aria-labelledby={`${id}-title`} className="parley-panel parley-work__item">
      <div className="parley-work__head">
        {decisions.length && !givenUp ? (
          <input
            aria-labelledby={`${id}-title`}
            checked={isChosen}
            onChange={({ target }) => onChoose(target.checked)}
            type="checkbox"
          />
        ) : null}
        <h3 id={`${id}-title`}>{title}</h3>
        <State item={item} />
        <span className="parley-quiet">
          {kindLabel}
          {provider ? ` · ${provider.label}` : ''}
        </span>
      </div>
      <Records records={records} />
      <p>
        {why} {hint ?? ''}
      </p>
      {givenUp ? (
        <p>
          Given up by {givenUp.by ?? 'somebody who is gone'} <SinceText instant={givenUp.at} now={now} />: “
          {givenUp.reason}”
        </p>
      ) : (
        <Times item={item} now={now} />
      )}
      {[...new Set(refusals)].map((text) => (
        <p className="parley-quiet" key={text}>
          {text}
        </p>
      ))}
      {noted === null ? null : (
        <details>
          <summary>What was noted</summary>
          <code>{noted}</code>
        </details>
      )}
      {decisions.length ? (
        <div className="parley-actions">
          {decisions.map((decision) => (
            <Button
              aria-label={`${labels[decision]}: ${title}`}
              buttonStyle={decision === 'tryAgain' ? 'primary' : 'secondary'}
              disabled={isBusy}
              key={decision}
              margin={false}
              onClick={() => onDecide(decision)}
              size="small"
            >
              {labels[decision]}
            </Button>
          ))}
        </div>
      ) : null}
    </li>
  )
}
