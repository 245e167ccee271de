/**
 * The smallest id (UUID version 7) of a moment: ids begin with their milliseconds, so a range of ids is a range of time, and a table can be
 * partitioned by month along its own primary key.
 */
export const monthBoundary = (moment: Date): string => {
  const milliseconds = moment.getTime().toString(16).padStart(12, '0')
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7000-8000-000000000000`
}

/** The first moments (UTC) of `count` months, from the month of `from` on. */
export const monthsFrom = (from: Date, count: number): Date[] =>
  Array.from({ length: count }, (_, number) => new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + number)))
