import { RRuleTemporal } from 'rrule-temporal'

/** Rules that repeat within a day are no rules of days, and would take for ever to expand. */
const dayFrequencies = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY']

/** Whether `rule` is an iCalendar RRULE over days (`FREQ=MONTHLY;BYDAY=1MO`), without a start of its own. */
export const isReadableRecurrence = (rule: string): boolean => {
  const text = rule.trim().replace(/^RRULE:/i, '')
  const frequency = /(?:^|;)FREQ=([A-Z]+)/i.exec(text)?.[1]?.toUpperCase()
  if (!frequency || !dayFrequencies.includes(frequency) || /[\r\n]/.test(text)) return false
  if (/(?:^|;)BY(HOUR|MINUTE|SECOND)=/i.test(text)) return false
  try {
    new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:20260101T000000\nRRULE:${text}` })
    return true
  } catch {
    return false
  }
}
