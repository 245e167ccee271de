import { hasJobsOfEvents } from '#events/event-handlers'
import { connectedProviders } from '#meetings/meeting-providers'
import { hasAddedChannels } from '#notifications/channels/message-channels'
import type { TaskName } from '#outbox/task-payloads'
import { type Lane, laneNames, taskTraits } from '#outbox/task-traits'
import { settings } from '#settings'
import { tasks } from './tasks'

/** A lane as a worker runs it. */
type RunningLane = { lane: Lane; taskNames: TaskName[]; places: number }

/** Lanes that only some installations need: without it, what earlier ones left is done among the rest. */
const isNeeded: Partial<Record<Lane, () => boolean>> = {
  rooms: () => connectedProviders().length > 0,
  media: () => settings.s3 !== undefined,
  extensions: () => hasJobsOfEvents() || hasAddedChannels(),
}

const runsIn = (task: TaskName): Lane => {
  const { lane } = taskTraits[task]
  return isNeeded[lane]?.() === false ? 'core' : lane
}

/** The lanes of this installation, the core first. @param places for each lane of the product alike; otherwise as the settings say. */
export const runningLanes = (places?: number): RunningLane[] => {
  const names = Object.keys(tasks) as TaskName[]
  return laneNames.flatMap((lane) => {
    const taskNames = names.filter((name) => runsIn(name) === lane)
    return taskNames.length
      ? [{ lane, taskNames, places: (lane === 'extensions' ? undefined : places) ?? settings.workerPlaces[lane] }]
      : []
  })
}
