/** What the readiness check found, and how many workers were heard of. */
type Findings = {
  /** `reason` is why not, where that is known. */
  database: { ok: boolean; reason?: string }
  writes: { ok: boolean; reason?: string }
  migrations: { ok: boolean; pending: readonly string[] }
  worker: { ok: boolean; secondsSinceSeen: number | null }
  queue: { ok: boolean; oldestDueSeconds: number | null }
  workers: number
  /** Where there is one. */
  replica?: { ok: boolean; lagMs: number | null }
}

export type ProcessWords = { name: string; label: string; ok: boolean; text: string }

const spell = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} seconds`
  return seconds < 5_400 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3_600)} hours`
}

const wordsOfReplica = ({ ok, lagMs }: { ok: boolean; lagMs: number | null }): ProcessWords => ({
  ...{ name: 'replica', label: 'Replica', ok },
  text: ok
    ? 'Public reads and reports go there.'
    : `All reads go to the primary: the replica is away or too far behind${lagMs === null ? '' : ` (${spell(lagMs / 1_000)})`}. The log says why.`,
})

/** How the installation itself fares, part by part, in the words of people. */
export const decideProcessWords = ({
  database,
  writes,
  migrations,
  worker,
  queue,
  workers,
  replica,
}: Findings): ProcessWords[] => {
  const seen = worker.secondsSinceSeen
  const due = queue.oldestDueSeconds
  return [
    {
      ...{ name: 'database', label: 'Database', ok: database.ok && writes.ok },
      text: !database.ok
        ? (database.reason ?? 'It did not answer in time.')
        : writes.ok
          ? 'It answers, and what is written is stored.'
          : (writes.reason ?? 'It takes no writes: it is read-only or full.'),
    },
    {
      ...{ name: 'migrations', label: 'Migrations', ok: migrations.ok },
      text: migrations.ok ? 'All are there.' : `Missing: ${migrations.pending.join(', ') || 'unknown'}.`,
    },
    {
      ...{ name: 'worker', label: 'Workers', ok: worker.ok },
      text: worker.ok
        ? `${workers === 1 ? 'One was' : `${workers} were`} heard of within the last minute.`
        : seen === null
          ? 'None was ever seen. Start one.'
          : `None was heard of for ${spell(seen)}. Start one.`,
    },
    {
      ...{ name: 'queue', label: 'Queue', ok: queue.ok },
      text: due === null || due < 0 ? 'No job waits.' : `The job that waits longest has been due for ${spell(due)}.`,
    },
    ...(replica ? [wordsOfReplica(replica)] : []),
  ]
}
