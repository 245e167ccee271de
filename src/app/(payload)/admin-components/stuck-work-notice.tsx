import type { I18nClient } from '@payloadcms/translations'
import { createLocalReq, type Payload } from 'payload'
import { formatAdminURL } from 'payload/shared'
import type { User } from '#payload-types'
import { isStaff } from '#access/roles'
import { adminWords } from './words/admin-words'
import { countWork } from '#desk/work/list-work'

/** On the dashboard of staff: that something failed or waits too long, with the way there. */
export const StuckWorkNotice = async ({ i18n, payload, user }: { i18n: I18nClient; payload: Payload; user?: User }) => {
  const { say } = adminWords(i18n.language)
  // The dashboard has no request to hand on.
  const req = await createLocalReq(user ? { user: { ...user, collection: 'users' } } : {}, payload)
  if (!isStaff(req)) return null
  const counts = await countWork(req)
  const count = counts.reduce((sum, one) => sum + one.count, 0)
  if (!count) return null
  const href = formatAdminURL({ adminRoute: payload.config.routes.admin, path: '/operations' })
  const labels = [...new Set(counts.map(({ label }) => label))]
  return (
    <section aria-label={say('What is stuck')} className="parley-panel">
      <p>
        <span className="parley-state parley-state--bad">{count}</span>{' '}
        {count === 1 ? say('One thing is stuck.') : say('{count} things are stuck.', { count })}{' '}
        <a href={href}>{say('See why, and mend it')}</a>
      </p>
      <p className="parley-quiet">{labels.join(', ')}</p>
    </section>
  )
}
