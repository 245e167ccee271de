import type { Scheduled } from '../sandbox-state'
import { nowOf, type World } from '../world'

/** Notes something that happens by itself after `delay` ms of the sandbox's clock. */
export const scheduleLater = (world: World, kind: Scheduled['kind'], id: string, delay: number): void => {
  const at = nowOf(world) + delay
  world.state.scheduled.push({ at, kind, id })
  world.nextScheduled = Math.min(world.nextScheduled, at)
}

/** Takes back what was to happen to that object. */
export const unschedule = (world: World, kind: Scheduled['kind'], id: string): void => {
  const { scheduled } = world.state
  const index = scheduled.findIndex((item) => item.kind === kind && item.id === id)
  if (index >= 0) scheduled.splice(index, 1)
}
