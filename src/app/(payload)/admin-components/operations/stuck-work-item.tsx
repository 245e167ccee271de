'use client'

import { getTranslation } from '@payloadcms/translations'
import { Button, useConfig, useTranslation } from '@payloadcms/ui'
import { useId } from 'react'
import { recordUrl } from '../lib/list-url'
import { SinceText } from '../lib/since-text'
import type { AdminText } from '../words/admin-words'
import type { MendingChoice, WorkItemView } from './work-view'
import { useWords } from '../lib/use-words'

type Props = {
  item: WorkItemView
  now: number
  isChosen: boolean
  isBusy: boolean
  onChoose: (isChosen: boolean) => void
  onDecide: (decision: MendingChoice) => void
}

const labels = { tryAgain: 'Try again', giveUp: 'Give up' } as const satisfies Record<MendingChoice, AdminText>

const State = ({ item: { isOver, givenUp } }: { item: WorkItemView }) => {
  const { say } = useWords()
  if (givenUp) return <span className="parley-state">{say('Given up')}</span>
  return isOver ? (
    <span className="parley-state parley-state--bad">{say('Failed')}</span>
  ) : (
    <span className="parley-state parley-state--waiting">{say('Waits')}</span>
  )
}

const Records = ({ records }: Pick<WorkItemView, 'records'>) => {
  const { config, getEntityConfig } = useConfig()
  const { i18n } = useTranslation()
  if (!records.length) return null
  return (
    <ul className="parley-work__records">
      {records.map(({ collection, id, title }) => {
        const label = getEntityConfig({ collectionSlug: collection })?.labels.singular
        return (
          <li key={`${collection} ${id}`}>
            <span className="parley-quiet">{label === undefined ? collection : getTranslation(label, i18n)}</span>{' '}
            <a href={recordUrl(config.routes.admin, collection, id)}>{title}</a>
          </li>
        )
      })}
    </ul>
  )
}

const Times = ({ item: { since, tries, nextAt, isOver }, now }: Pick<Props, 'item' | 'now'>) => {
  const { say, weave } = useWords()
  return (
    <p className="parley-quiet">
      {weave('Since {when}', { when: <SinceText instant={since} now={now} /> })} ·{' '}
      {tries === 1 ? say('tried once') : say('tried {count} times', { count: tries })} ·{' '}
      {nextAt !== null
        ? weave('next {when}', { when: <SinceText instant={nextAt} now={now} /> })
        : isOver
          ? say('not tried again by itself')
          : say('next when a worker comes to it')}
    </p>
  )
}

/** One piece of stuck work: what it is, since when, why, and what can be done about it. */
export const StuckWorkItem = ({ item, now, isChosen, isBusy, onChoose, onDecide }: Props) => {
  const { say } = useWords()
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
          {say('Given up by {name}', { name: givenUp.by ?? say('somebody who is gone') })}{' '}
          <SinceText instant={givenUp.at} now={now} />: “{givenUp.reason}”
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
          <summary>{say('What was noted')}</summary>
          <code>{noted}</code>
        </details>
      )}
      {decisions.length ? (
        <div className="parley-actions">
          {decisions.map((decision) => (
            <Button
              aria-label={`${say(labels[decision])}: ${title}`}
              buttonStyle={decision === 'tryAgain' ? 'primary' : 'secondary'}
              disabled={isBusy}
              key={decision}
              margin={false}
              onClick={() => onDecide(decision)}
              size="small"
            >
              {say(labels[decision])}
            </Button>
          ))}
        </div>
      ) : null}
    </li>
  )
}
