'use client'

import { Button } from '@payloadcms/ui'
import { type FormEvent, useId, useState } from 'react'
import { dataOf } from '../../../_api/data-of'
import { api, explain } from '../lib/api'
import type { RunCommand } from '../lib/use-command'
import { useWords } from '../lib/use-words'

/** Lets a calendar file at an address block time. */
export const AddFeed = ({ run, consultant }: { run: RunCommand; consultant: { consultant?: string } }) => {
  const { say } = useWords()
  const id = useId()
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const name = String(data.get('name') ?? '').trim()
    const isAdded = await run({
      send: () =>
        api.POST('/api/calendar/connections', {
          body: { feedUrl: String(data.get('feedUrl') ?? ''), ...(name ? { name } : {}), ...consultant },
        }),
      done: say('Added. It is read now; until then nothing can be booked.'),
    })
    if (isAdded) form.reset()
  }
  return (
    <form onSubmit={(event) => void add(event)}>
      <h3>{say('Outlook, Apple and others')}</h3>
      <p>{say('Publish your calendar there, and paste its address (ICS). Only when you are busy is read from it.')}</p>
      <label htmlFor={`${id}-url`}>{say('Address')}</label>{' '}
      <input
        id={`${id}-url`}
        maxLength={2000}
        name="feedUrl"
        placeholder="https://…/calendar.ics"
        required
        type="text"
      />{' '}
      <label htmlFor={`${id}-name`}>{say('Name')}</label>{' '}
      <input id={`${id}-name`} maxLength={100} name="name" type="text" />{' '}
      <Button buttonStyle="secondary" size="small" type="submit">
        {say('Add')}
      </Button>
    </form>
  )
}

/** The address under which a consultant's own calendar can subscribe to their sessions; shown once. */
export const Subscription = ({ consultant }: { consultant: { consultant?: string } }) => {
  const { say, weave } = useWords()
  const [shown, setShown] = useState<{ url?: string; fault?: string }>({})
  const rotate = async () => {
    try {
      const { url } = await dataOf(api.POST('/api/calendar/feed/rotate', { body: consultant }))
      setShown({ url })
    } catch (error) {
      setShown({ fault: explain(error) })
    }
  }
  return (
    <section aria-labelledby="parley-subscription">
      <h2 id="parley-subscription">{say('Subscribe to your sessions')}</h2>
      <p>
        {say('For calendars that are not connected: an address that they subscribe to. A new one ends the one before.')}
      </p>
      <Button buttonStyle="secondary" onClick={() => void rotate()} size="small">
        {say('Make a new address')}
      </Button>
      <div aria-live="polite">
        {shown.url === undefined ? null : (
          <p>
            {weave('Copy it now; it is shown once: {url}', {
              url: <code className="parley-code">{shown.url}</code>,
            })}
          </p>
        )}
        {shown.fault === undefined ? null : <p role="alert">{shown.fault}</p>}
      </div>
    </section>
  )
}
