import type pg from 'pg'

/**
 * What a restored database still had to send, and may have sent since its backup: whoever sends mails remembers for a day which it has, so
 * beyond that nobody can tell. Messages fail, so that operations decide on each; mails about logins, whose links are over by then, go.
 * @param takenAt the moment that the backup shows; ISO 8601.
 */
export const setAsideOldMail = async (
  client: Pick<pg.Client, 'query'>,
  takenAt: string,
): Promise<{ messages: number; loginMails: number }> => {
  const { rowCount: messages } = await client.query(
    `UPDATE notifications SET delivery_state = 'failed', delivery_next_attempt_at = NULL, updated_at = now(),
       delivery_error = 'It waited when the backup of ' || $1 || ' was taken, and may have gone out before that was restored.'
     WHERE delivery_state = 'queued' AND created_at <= $1::timestamptz`,
    [takenAt],
  )
  const { rows } = await client.query<{ removed: number }>(
    `WITH old AS (
       SELECT array_agg(id) AS ids FROM graphile_worker.jobs
       WHERE task_identifier IN ('deliver-account-mail', 'deliver-login-news', 'deliver-mail') AND created_at <= $1::timestamptz AND locked_at IS NULL
     ), removed AS MATERIALIZED (
       SELECT j.id FROM old, graphile_worker.complete_jobs(old.ids) j
     ), dropped AS (
       DELETE FROM parley.errands WHERE task IN ('deliver-account-mail', 'deliver-login-news', 'deliver-mail') AND happened_at <= $1::timestamptz
     )
     SELECT count(*)::int AS removed FROM removed`,
    [takenAt],
  )
  return { messages: messages ?? 0, loginMails: rows[0]?.removed ?? 0 }
}
