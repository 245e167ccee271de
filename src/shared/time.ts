export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** An instant (epoch ms) as APIs and the database have it. */
export const iso = (instant: number): string => new Date(instant).toISOString()

/** The same where there may be none. */
export const isoOrNull = (instant: number | null | undefined): string | null =>
  instant === null || instant === undefined ? null : iso(instant)

/** SQL that reads a column as epoch ms, for statements that are written as text. */
export const epoch = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`
