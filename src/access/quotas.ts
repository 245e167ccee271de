/**
 * How much one login may keep here that is not staff: what is counted by time stands in `limits` (`uploads`, `uploadedKilobytes`). A picture of oneself and
 * some of one's work fit many times.
 */
export const mediaQuota = { files: 100, bytes: 200_000_000 } as const

/**
 * What the admin remembers of how a login likes it (columns, what is folded): for every login, as each may call for it. A few hundred bytes each, one for
 * each list and for each record that was unfolded.
 */
export const preferenceQuota = { records: 500, bytes: 20_000, keyLength: 200 } as const

/** Versions of one record, whatever a collection says; drafts and what is saved by itself among them. */
export const versionQuota = { ofRecord: 200 } as const
