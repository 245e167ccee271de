import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

export const shortestSessionMinutes = 5
export const longestSessionMinutes = 480

/** Whether a session may be that long. */
export const isSessionDuration = (minutes: unknown): minutes is number =>
  Number.isInteger(minutes) && Number(minutes) >= shortestSessionMinutes && Number(minutes) <= longestSessionMinutes

export const durationMessage = `Must be whole minutes between ${shortestSessionMinutes} and ${longestSessionMinutes}, each once.`

/** What is wrong with a list of lengths, if anything. */
export const areSessionDurations = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every(isSessionDuration) && new Set(value).size === value.length

/** Lengths, and the default among them. */
export const validateDurations: CollectionBeforeValidateHook = ({ data, originalDoc, req }) => {
  const consulting: { sessionDurations?: unknown; defaultDuration?: unknown } = {
    ...originalDoc?.consulting,
    ...data?.consulting,
  }
  const { sessionDurations: durations, defaultDuration } = consulting
  const errors: { path: string; message: string }[] = []
  const given = durations === null || durations === undefined ? [] : durations
  if (!areSessionDurations(given)) errors.push({ path: 'consulting.sessionDurations', message: durationMessage })
  else if (typeof defaultDuration === 'number' && given.length && !given.includes(defaultDuration)) {
    errors.push({ path: 'consulting.defaultDuration', message: `Must be one of ${given.join(', ')}.` })
  }
  if (errors.length) throw new ValidationError({ collection: 'consultant-profiles', errors, req }, req.t)
  return data
}
