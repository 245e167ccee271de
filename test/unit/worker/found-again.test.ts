import { describe, expect, it } from 'vitest'
import { calendarsOverdue } from '#calendar/connections/sweep-queries'
import type { TaskName } from '#outbox/task-payloads'
import { featureSchedule, overdue } from '#worker/all-work'
import { foundAgain } from '#worker/found-again'
import { tasks } from '#worker/tasks'

const rows = Object.entries(foundAgain) as [TaskName, (typeof foundAgain)[TaskName]][]
const by = (how: string): TaskName[] => rows.filter(([, found]) => found === how).map(([task]) => task)
const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort()

/** Polled and written by pauses that their own rows keep. */
const byTheirRows: readonly TaskName[] = ['sync-calendar', 'deliver-calendar-event']
const regular: readonly string[] = ['sweep', ...Object.keys(featureSchedule)]

describe('what a job does is found again when the job is lost', () => {
  it('of every task it is said how', () => {
    expect(sorted(Object.keys(foundAgain))).toEqual(sorted(Object.keys(tasks)))
  })

  it('by what is overdue, where the sweep has an entry for it', () => {
    expect(sorted(by('sweep'))).toEqual(sorted(overdue.map(({ task }) => task)))
  })

  it('by the sweep over calendars', () => {
    const swept = calendarsOverdue({ haveChannels: [], listCalendars: [] }).map(({ task }) => task)
    expect(sorted(by('sweep-calendars'))).toEqual(sorted([...swept, ...byTheirRows]))
  })

  it('by the next time, where it is regular work', () => {
    expect(by('schedule').filter((task) => !regular.includes(task))).toEqual([])
  })

  it('by other work that is regular or found again itself', () => {
    const others = rows.flatMap(([, found]) => (typeof found === 'object' ? [found.by] : []))
    expect(others.filter((task) => typeof foundAgain[task] === 'object')).toEqual([])
  })
})
