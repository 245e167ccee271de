import { dateOf, daysBetween, minutesAhead } from './dates'
import type { Texts } from './texts'

type Zones = { visitorZone: string; expertZone: string }

/** The expert's wall time of an instant, with the day where that differs; `undefined` when both clocks agree. */
export const theirTime = (
  instant: string,
  { visitorZone, expertZone }: Zones,
  { messages, formats }: Pick<Texts, 'messages' | 'formats'>,
): string | undefined => {
  if (minutesAhead({ zone: expertZone, reference: visitorZone, at: instant }) === 0) return undefined
  const time = formats.time(instant, { timeZone: expertZone })
  const days = daysBetween(dateOf(instant, visitorZone), dateOf(instant, expertZone))
  if (days > 0) return messages.zone.theirsNextDay(time)
  if (days < 0) return messages.zone.theirsPreviousDay(time)
  return messages.zone.theirs(time)
}

/** "Kenji is in Tokyo, 8 hours ahead of you."; `undefined` when both clocks agree. */
export const zoneDifferenceText = (
  { name, at, visitorZone, expertZone }: Zones & { name: string; at: string | number },
  { messages, formats }: Pick<Texts, 'messages' | 'formats'>,
): string | undefined => {
  const ahead = minutesAhead({ zone: expertZone, reference: visitorZone, at })
  if (ahead === 0) return undefined
  const difference = messages.zone.difference(Math.abs(ahead))
  const text = ahead > 0 ? messages.zone.ahead : messages.zone.behind
  return text(name, formats.zoneCity(expertZone), difference)
}
