/** In what the books and Stripe can differ. */
export const findingKinds = {
  missing_here: 'Stripe has it, the books do not',
  missing_at_stripe: 'The books have it, Stripe does not',
  amount_differs: 'The amounts differ',
  currency_differs: 'The currencies differ',
  books_disagree: 'The books disagree with themselves',
  unknown_object: 'Belongs to nothing of ours',
} as const satisfies Record<string, string>

export type FindingKind = keyof typeof findingKinds

export const findingStates = { open: 'Open', resolved: 'Resolved' } as const satisfies Record<string, string>

export const runStates = {
  running: 'Running',
  finished: 'Finished',
  failed: 'Failed',
} as const satisfies Record<string, string>

export const runTriggers = { nightly: 'Nightly', operations: 'By operations' } as const satisfies Record<string, string>
