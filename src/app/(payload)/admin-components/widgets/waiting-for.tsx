import type { WidgetServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isConsultant, isStaff } from '#access/roles'
import { readWaiting, type StuckCount, type Waiting } from '#desk/today/read-waiting'
import { waitingLists } from '#desk/today/waiting-lists'
import { whereUrl } from '../lib/list-url'
import { countText } from '../today/count-text'
import { type TodayWords, todayWords } from '../today/today-words'
import { Widget } from '../today/widget'

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

const itemsOf = (
  waiting: readonly Waiting[],
  turn: (typeof turns)[number],
  { words, adminRoute }: { words: TodayWords['waiting']; adminRoute: string },
): Item[] =>
  waiting
    .filter(({ kind }) => waitingLists[kind].waitsFor === turn)
    .map(({ kind, count, list }) => ({
      key: kind,
      label: words.kinds[kind],
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
  const { waiting: words } = todayWords(req.i18n.language)
  if (!isStaff(req) && !isConsultant(req)) return <Widget title={words.title}>{words.none}</Widget>
  const { waiting, stuck } = await readWaiting(req, Date.now())
  const { admin: adminRoute } = req.payload.config.routes
  const titles = isStaff(req) ? words.turns : words.ownTurns
  return (
    <Widget title={words.title}>
      <Items isBad items={stuckItems(stuck, adminRoute)} title={words.turns.machine} />
      {turns.map((turn) => (
        <Items isBad={false} items={itemsOf(waiting, turn, { words, adminRoute })} key={turn} title={titles[turn]} />
      ))}
      {waiting.length || stuck.length ? null : <p className="parley-quiet">{words.none}</p>}
    </Widget>
  )
}
