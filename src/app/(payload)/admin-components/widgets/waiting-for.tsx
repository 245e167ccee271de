import type { WidgetServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isConsultant, isStaff } from '#access/roles'
import { readWaiting, type StuckCount, type Waiting } from '#desk/today/read-waiting'
import { waitingLists } from '#desk/today/waiting-lists'
import { whereUrl } from '../lib/list-url'
import { countText } from '../today/count-text'
import { waitingTexts } from '../today/waiting-words'
import { Widget } from '../today/widget'
import { type AdminWords, adminWords } from '../words/admin-words'

type Item = { key: string; label: string; count: number; href: string }

const Items = ({ title, items, isBad }: { title: string; items: readonly Item[]; isBad: boolean }) =>
  items.length ? (
    <section aria-label={title}>
      <h4>{title}</h4>
      <ul className="parley-lines">
        {items.map(({ key, label, count, href }) => (
          <li key={key}>
            <a href={href}>
              <span className={`parley-state parley-state--${isBad ? 'bad' : 'waiting'}`}>{countText(count)}</span>{' '}
              {label}
            </a>
          </li>
        ))}
      </ul>
    </section>
  ) : null

const turns = ['operations', 'consultant', 'customer'] as const
const titles = {
  staff: { operations: 'For us', consultant: 'For experts', customer: 'For customers' },
  consultant: { operations: 'For operations', consultant: 'For you', customer: 'For customers' },
} as const

const itemsOf = (
  waiting: readonly Waiting[],
  turn: (typeof turns)[number],
  { words: { say }, adminRoute }: { words: AdminWords; adminRoute: string },
): Item[] =>
  waiting
    .filter(({ kind }) => waitingLists[kind].waitsFor === turn)
    .map(({ kind, count, list }) => ({
      key: kind,
      label: say(waitingTexts[kind]),
      count,
      href: whereUrl({ adminRoute, ...list }),
    }))

const stuckItems = (stuck: readonly StuckCount[], adminRoute: string): Item[] =>
  stuck.map(({ kind, label, count }) => ({
    key: kind,
    label,
    count,
    href: `${formatAdminURL({ adminRoute, path: '/operations' })}?kind=${encodeURIComponent(kind)}`,
  }))

/** Everything that waits for a person, each number with the way to the list behind it. Two statements. */
export const WaitingFor = async ({ req }: WidgetServerProps) => {
  const words = adminWords(req.i18n.language)
  const { say } = words
  const title = say('Waiting for somebody')
  const nothing = say('Nothing waits for anybody.')
  if (!isStaff(req) && !isConsultant(req)) return <Widget title={title}>{nothing}</Widget>
  const { waiting, stuck } = await readWaiting(req, Date.now())
  const { admin: adminRoute } = req.payload.config.routes
  const turnTitles = titles[isStaff(req) ? 'staff' : 'consultant']
  return (
    <Widget title={title}>
      <Items isBad items={stuckItems(stuck, adminRoute)} title={say('Did not work')} />
      {turns.map((turn) => (
        <Items
          isBad={false}
          items={itemsOf(waiting, turn, { words, adminRoute })}
          key={turn}
          title={say(turnTitles[turn])}
        />
      ))}
      {waiting.length || stuck.length ? null : <p className="parley-quiet">{nothing}</p>}
    </Widget>
  )
}
