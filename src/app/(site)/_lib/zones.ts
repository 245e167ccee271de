import type { SiteLanguage } from './languages'
import { germanCities, germanRegions } from './german-zones'

/** What people need to find their time zone in the list of all IANA zones. */

export type ZoneOption = { zone: string; city: string; region: string; offset: string; names: string }

/** Cities that some browsers still call by the name that their zone had decades ago. */
const presentNames: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Asmara',
  'America/Coral_Harbour': 'Atikokan',
  'America/Godthab': 'Nuuk',
  'Asia/Calcutta': 'Kolkata',
  'Asia/Katmandu': 'Kathmandu',
  'Asia/Rangoon': 'Yangon',
  'Asia/Saigon': 'Ho Chi Minh City',
  'Atlantic/Faeroe': 'Faroe',
  'Europe/Kiev': 'Kyiv',
  'Pacific/Ponape': 'Pohnpei',
  'Pacific/Truk': 'Chuuk',
}

/** `America/Argentina/Buenos_Aires` → `Buenos Aires`; in German, `Europe/Vienna` → `Wien` */
export const zoneCity = (zone: string, language: SiteLanguage): string => {
  const name = presentNames[zone] ?? (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
  return language === 'de' ? (germanCities[name] ?? name) : name
}

const zoneRegion = (zone: string, language: SiteLanguage): string =>
  zone
    .split('/')
    .slice(0, -1)
    .map((part) => part.replaceAll('_', ' '))
    .map((part) => (language === 'de' ? (germanRegions[part] ?? part) : part))
    .join(', ')

const namePart = (
  zone: string,
  at: number,
  { style, language = 'en' }: { style: Intl.DateTimeFormatOptions['timeZoneName']; language?: SiteLanguage },
): string =>
  new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: style })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? ''

/** `GMT+1` at a moment; it differs over the year. */
export const zoneOffset = (zone: string, at: number): string => namePart(zone, at, { style: 'shortOffset' })

export const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** All zones that this browser knows, with `current` among them even if it goes by an older name. */
export const listZones = ({
  now,
  current,
  language,
}: {
  now: number
  current: string
  language: SiteLanguage
}): ZoneOption[] =>
  [...new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort().map((zone) => ({
    zone,
    city: zoneCity(zone, language),
    region: zoneRegion(zone, language),
    offset: zoneOffset(zone, now),
    names: namePart(zone, now, { style: 'longGeneric', language }),
  }))

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Zones whose city, region, offset or name has every word that was typed; cities that begin with it come first. */
export const filterZones = (zones: readonly ZoneOption[], typed: string): ZoneOption[] => {
  const words = fold(typed)
    .replaceAll('_', ' ')
    .split(/[\s/,]+/)
    .filter(Boolean)
  const first = words[0]
  if (first === undefined) return [...zones]
  const found = zones.filter(({ zone, city, region, offset, names }) => {
    const text = fold(`${city} ${region} ${offset} ${names} ${zone}`)
    return words.every((word) => text.includes(word))
  })
  const rank = ({ city }: ZoneOption): number => (fold(city).startsWith(first) ? 0 : 1)
  return found.sort((a, b) => rank(a) - rank(b))
}
