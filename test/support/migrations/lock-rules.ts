/**
 * What a migration must not do to a table that was there before it: each holds a lock for as long as the table is large, or breaks the
 * release before, which goes on running meanwhile and to which one may have to go back. After `squawk` and `strong_migrations`.
 */
export const lockRules = {
  'rewrites-table': {
    because: 'The table is written anew while nobody can read it.',
    instead:
      'Add a column beside it (a default that is no constant comes by `backfill`), and change over in the next release.',
  },
  'index-under-lock': {
    because: 'Nobody can write to the table until the index, or the unique constraint that needs one, is made.',
    instead: '`createIndex`; `addUnique` for a constraint.',
  },
  'index-dropped-under-lock': {
    because: 'The table is locked against everybody, and everybody waits behind whoever reads it just now.',
    instead: '`dropIndex`.',
  },
  'constraint-checked-at-once': {
    because: 'All rows are looked at while nobody can write to the table (and, for a foreign key, to the other).',
    instead: '`addConstraint`, which adds it NOT VALID and validates it in a transaction of its own.',
  },
  'validated-under-lock': {
    because: 'The transaction holds a lock against writing while all rows are looked at.',
    instead: 'Validate in a transaction of its own: `addConstraint` does.',
  },
  'not-null-checked-at-once': {
    because: 'All rows are looked at while nobody can read the table.',
    instead: '`setNotNull`, which needs no look at the rows when it locks the table.',
  },
  'required-column': {
    because: 'The release before knows nothing of the column, so that it can insert no rows any more.',
    instead: 'Give it a constant default, or let it be empty, and `setNotNull` in the next release.',
  },
  'takes-away': {
    because:
      'The release before still uses it: it fails until all of its processes have ended, and nobody can go back to it.',
    instead:
      'Stop using it in one release, and take it away in the next by `contract`, which names the migration since which nothing uses it. A renamed one is a new one beside the old.',
  },
  'writes-rows': {
    because: 'All changed rows stay locked until the end of the migration, and it may take long.',
    instead: '`backfill`, in batches.',
  },
  'locks-table': {
    because: 'It holds the lock until the end of the transaction.',
    instead: 'Leave it out: let statements lock what they need.',
  },
  rebuilds: {
    because: 'It locks the table (or the view) for as long as it is large.',
    instead: '`REINDEX … CONCURRENTLY`, or `createIndex` and `dropIndex`.',
  },
  'hides-statements': {
    because: 'What DO runs cannot be judged.',
    instead: 'Plain statements.',
  },
  'locks-many-tables': {
    because: 'While it waits for one table it holds all the others, each against everybody.',
    instead: 'A `transaction` for each few tables.',
  },
} as const satisfies Record<string, { because: string; instead: string }>

export type LockRule = keyof typeof lockRules

/** A rule that a migration breaks: where, and with what. */
export type LockFinding = { rule: LockRule; detail: string }
