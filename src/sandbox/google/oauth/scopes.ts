const prefix = 'https://www.googleapis.com/auth/'

/** What the consent page calls each scope. A scope that is not here does not exist. */
const calendarScopes = {
  calendar: 'See, edit, share and permanently delete all the calendars you can access',
  'calendar.readonly': 'See and download any calendar you can access',
  'calendar.events': 'View and edit events on all your calendars',
  'calendar.events.readonly': 'View events on all your calendars',
  'calendar.events.owned': 'See, create, change and delete events on calendars you own',
  'calendar.events.owned.readonly': 'See the events on calendars you own',
  'calendar.events.freebusy': 'See the availability on calendars you have access to',
  'calendar.events.public.readonly': 'See the events on public calendars',
  'calendar.freebusy': 'View your availability in your calendars',
  'calendar.calendarlist': 'See, add and remove calendars you are subscribed to',
  'calendar.calendarlist.readonly': 'See the list of calendars you are subscribed to',
  'calendar.calendars': 'See and change the properties of calendars you have access to, and create secondary calendars',
  'calendar.calendars.readonly': 'See the title, description and time zone of calendars you have access to',
  'calendar.app.created': 'Make secondary calendars, and see, create, change and delete events on them',
  'calendar.settings.readonly': 'View your calendar settings',
} as const

export type CalendarScope = keyof typeof calendarScopes

/** Who somebody is. These are never unticked one by one. */
const identityScopes: Readonly<Record<string, string>> = {
  openid: 'Associate you with your personal info on Google',
  email: 'See your primary Google Account email address',
  profile: 'See your personal info',
  [`${prefix}userinfo.email`]: 'See your primary Google Account email address',
  [`${prefix}userinfo.profile`]: 'See your personal info',
}

const identityAliases: Readonly<Record<string, string>> = {
  email: `${prefix}userinfo.email`,
  profile: `${prefix}userinfo.profile`,
}

/** As tokens name it: Google answers `email` and `profile` with their long forms. */
export const canonicalScope = (scope: string): string => identityAliases[scope] ?? scope

export const isIdentityScope = (scope: string): boolean => Object.hasOwn(identityScopes, scope)

/** Undefined for a scope that Google does not have. */
export const describeScope = (scope: string): string | undefined => {
  if (Object.hasOwn(identityScopes, scope)) return identityScopes[scope]
  const names: Readonly<Record<string, string>> = calendarScopes
  const name = scope.startsWith(prefix) ? scope.slice(prefix.length) : ''
  return Object.hasOwn(names, name) ? names[name] : undefined
}

/** Whether one of these scopes of the Calendar API was granted. */
export const hasScope = (granted: readonly string[], wanted: readonly CalendarScope[]): boolean =>
  wanted.some((name) => granted.includes(prefix + name))

export const hasEmailScope = (granted: readonly string[]): boolean => granted.includes(`${prefix}userinfo.email`)

export const hasProfileScope = (granted: readonly string[]): boolean => granted.includes(`${prefix}userinfo.profile`)
