import { usualPolicy } from '#payments/refund/cancellation-policy'

const usual = JSON.stringify(usualPolicy)

/**
 * The policy by which a row of `scheduled_sessions` is cancelled. Sessions that were brought here from elsewhere may have agreed to none, or to a part of one: of
 * what is not said the usual holds.
 * @param table the name by which the query knows the row.
 */
export const agreedPolicy = (table: string): string => {
  const agreed = `${table}.price_cancellation_policy`
  return `('${usual}'::jsonb || CASE jsonb_typeof(${agreed}) WHEN 'object' THEN jsonb_strip_nulls(${agreed}) ELSE '{}' END)`
}
