import type { Scheduled } from '../sandbox-state'
import { nowOf, type World } from '../world'

/** Notes something that happens by itself after `delay` ms of the sandbox's clock. */
export const scheduleLater = (world: World, kind: Scheduled['kind'], id: string, delay: number): void => {
  world.state.scheduled.push({ at: nowOf(world) + delay, kind, id })
}

/** Takes back what was to happen to that object. */
export const unschedule = (world: World, kind: Scheduled['kind'], id: string): void => {
  world.state.scheduled = world.state.scheduled.filter((item) => item.kind !== kind || item.id !== id)
}
