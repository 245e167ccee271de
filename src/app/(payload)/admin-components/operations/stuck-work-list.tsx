'use client'

import { Button, Link, toast, useModal } from '@payloadcms/ui'
import { useState } from 'react'
import { api } from '../lib/api'
import { dataOf } from '../../../_api/data-of'
import { useAnswer } from '../lib/use-answer'
import { useCommand } from '../lib/use-command'
import { ReasonDialog } from '../session/reason-dialog'
import { HealthSection } from './health-section'
import { StuckWorkItem } from './stuck-work-item'
import { WorkFilters } from './work-filters'
import type { AdminText } from '../words/admin-words'
import { type MendingChoice, type WorkItemView, type WorkQuery, workUrl } from './work-view'
import { useWords } from '../lib/use-words'

const dialog = 'mend-work'

const keyOf = ({ kind, id }: Pick<WorkItemView, 'kind' | 'id'>): string => `${kind} ${id}`

/** What is decided about what, while the dialog asks. */
type Pending = { decision: MendingChoice; items: readonly WorkItemView[] }

const allowed = ({ decision, items }: Pending): readonly WorkItemView[] =>
  items.filter(({ actions }) => actions?.[decision].isAllowed)

const Consequences = ({ pending }: { pending: Pending }) => {
  const { say } = useWords()
  const { decision, items } = pending
  const will = allowed(pending)
  const texts = new Set(will.map(({ actions }) => actions?.[decision].text))
  const leftOut = items.length - will.length
  return (
    <>
      {items.length > 1 ? (
        <p>{will.length === 1 ? say('One of them:') : say('{count} of them:', { count: will.length })}</p>
      ) : null}
      {[...texts].map((text) => (
        <p key={text}>{text}</p>
      ))}
      {leftOut > 0 ? (
        <p>
          {leftOut === 1
            ? say('1 cannot be, and is left as it is.')
            : say('{count} cannot be, and are left as they are.', { count: leftOut })}
        </p>
      ) : null}
    </>
  )
}

const headings = { tryAgain: 'Try again', giveUp: 'Give up' } as const satisfies Record<MendingChoice, AdminText>

const send = async ({ decision, items }: Pending, reason: string) => {
  const [first] = items
  if (first?.givenUp) {
    const { kind, id } = first
    await api.POST('/api/operations/work/{kind}/{id}/retry', {
      params: { path: { kind, id } },
      body: { isGivenUp: true },
    })
    return
  }
  const chosen = items.map(({ kind, id }) => ({ kind, id }))
  const { results } = await dataOf(
    decision === 'tryAgain'
      ? api.POST('/api/operations/work/retry', { body: { items: chosen } })
      : api.POST('/api/operations/work/give-up', { body: { items: chosen, reason } }),
  )
  for (const detail of new Set(results.flatMap((one) => (one.isDone ? [] : [one.detail])))) toast.error(detail)
}

/** What failed or waits too long, what can be done about it, and how those fare whom it depends on. */
export const StuckWorkList = ({ path, query }: { path: string; query: WorkQuery }) => {
  const { say } = useWords()
  const { openModal } = useModal()
  const { run, isRunning } = useCommand()
  const [version, setVersion] = useState(0)
  const [now, setNow] = useState(() => Date.now())
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [pending, setPending] = useState<Pending>()
  const { value, fault } = useAnswer(
    {
      key: JSON.stringify(query),
      ask: (signal) => api.GET('/api/operations/work', { params: { query }, signal }),
    },
    version,
  )
  const work = value?.work ?? []
  const choosable = work.filter(
    ({ actions, givenUp }) => !givenUp && (actions?.tryAgain.isAllowed ?? actions?.giveUp.isAllowed),
  )
  const chosenWork = choosable.filter((item) => chosen.has(keyOf(item)))
  const look = () => {
    setVersion((before) => before + 1)
    setNow(Date.now())
    setChosen(new Set())
  }
  const ask = (decision: MendingChoice, items: readonly WorkItemView[]) => {
    setPending({ decision, items })
    openModal(dialog)
  }
  const choose = (item: WorkItemView, isChosen: boolean) => {
    const next = new Set(chosen)
    if (isChosen) next.add(keyOf(item))
    else next.delete(keyOf(item))
    setChosen(next)
  }
  const decide = async (reason: string | undefined): Promise<boolean> => {
    if (!pending) return false
    const items = allowed(pending)
    if (pending.decision === 'giveUp' && reason === undefined) {
      toast.error(say('Say why: the reason is kept beside your name.'))
      return false
    }
    const done = pending.decision === 'tryAgain' ? say('The worker has it.') : say('It is kept under “Given up”.')
    const isDone = await run({ send: () => send({ ...pending, items }, reason ?? ''), done })
    look()
    return isDone
  }
  const isGivenUp = query.shown === 'given_up'
  const { cursor, ...firstPage } = query
  return (
    <div className="parley-work">
      <section aria-labelledby="parley-work-list" className="parley-work__list">
        <h2 id="parley-work-list">{isGivenUp ? say('Given up') : say('Failed or waiting too long')}</h2>
        {value ? <WorkFilters counts={value.counts} path={path} query={query} /> : null}
        {fault === undefined ? null : (
          <p className="parley-fault" role="alert">
            {fault}{' '}
            <Button buttonStyle="secondary" margin={false} onClick={look} size="small">
              {say('Load again')}
            </Button>
          </p>
        )}
        {value === undefined && fault === undefined ? <p role="status">{say('Loading …')}</p> : null}
        {value && !work.length ? (
          <p className="parley-quiet" role="status">
            {isGivenUp
              ? say('Nothing was given up.')
              : query.kind || query.provider || query.search || cursor
                ? say('Nothing like that is stuck.')
                : say('Nothing. Every message, event, room, calendar and payment is where it should be.')}
          </p>
        ) : null}
        {choosable.length ? (
          <div aria-label={say('Together')} className="parley-actions parley-work__together" role="group">
            <label>
              <input
                checked={chosenWork.length === choosable.length}
                onChange={({ target }) => setChosen(new Set(target.checked ? choosable.map(keyOf) : []))}
                type="checkbox"
              />{' '}
              {say('All on this page')}
            </label>
            {(['tryAgain', 'giveUp'] as const).map((decision) => (
              <Button
                buttonStyle="secondary"
                disabled={isRunning || !chosenWork.length}
                key={decision}
                margin={false}
                onClick={() => ask(decision, chosenWork)}
                size="small"
              >
                {decision === 'tryAgain' ? say('Try chosen again') : say('Give chosen up')}
              </Button>
            ))}
          </div>
        ) : null}
        {work.length ? (
          <ul className="parley-work__items">
            {work.map((item) => (
              <StuckWorkItem
                isBusy={isRunning}
                isChosen={chosen.has(keyOf(item))}
                item={item}
                key={`${keyOf(item)} ${item.givenUp?.at ?? ''}`}
                now={now}
                onChoose={(isChosen) => choose(item, isChosen)}
                onDecide={(decision) => ask(decision, [item])}
              />
            ))}
          </ul>
        ) : null}
        {cursor || value?.next ? (
          <nav aria-label={say('Pages')}>
            <ul className="parley-filters">
              {cursor ? (
                <li>
                  <Link href={workUrl(path, firstPage)} prefetch={false}>
                    {say('First page')}
                  </Link>
                </li>
              ) : null}
              {value?.next ? (
                <li>
                  <Link href={workUrl(path, { ...query, cursor: value.next })} prefetch={false}>
                    {say('Next page')}
                  </Link>
                </li>
              ) : null}
            </ul>
          </nav>
        ) : null}
      </section>
      <HealthSection now={now} path={path} version={version} />
      {pending ? (
        <ReasonDialog
          confirm={say(headings[pending.decision])}
          hasReason={pending.decision === 'giveUp'}
          heading={
            pending.items.length === 1
              ? `${say(headings[pending.decision])}: ${pending.items[0]?.title ?? ''}`
              : `${say(headings[pending.decision])}: ${say('{count} chosen', { count: pending.items.length })}`
          }
          needsReason
          onConfirm={decide}
          slug={dialog}
        >
          <Consequences pending={pending} />
        </ReasonDialog>
      ) : null}
    </div>
  )
}
