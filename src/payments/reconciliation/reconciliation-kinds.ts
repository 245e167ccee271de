import type { Words } from '#shared/words'

/** In what the books and Stripe can differ. */
export const findingKinds = {
  missing_here: { en: 'Stripe has it, the books do not', de: 'Stripe hat es, die Bücher nicht' },
  missing_at_stripe: { en: 'The books have it, Stripe does not', de: 'Die Bücher haben es, Stripe nicht' },
  amount_differs: { en: 'The amounts differ', de: 'Die Beträge weichen ab' },
  currency_differs: { en: 'The currencies differ', de: 'Die Währungen weichen ab' },
  books_disagree: { en: 'The books disagree with themselves', de: 'Die Bücher widersprechen sich' },
  unknown_object: { en: 'Belongs to nothing of ours', de: 'Gehört zu nichts von uns' },
} as const satisfies Record<string, Words>

export type FindingKind = keyof typeof findingKinds

export const findingStates = {
  open: { en: 'Open', de: 'Offen' },
  resolved: { en: 'Resolved', de: 'Erledigt' },
} as const satisfies Record<string, Words>

export const runStates = {
  running: { en: 'Running', de: 'Läuft' },
  finished: { en: 'Finished', de: 'Beendet' },
  failed: { en: 'Failed', de: 'Fehlgeschlagen' },
} as const satisfies Record<string, Words>

export const runTriggers = {
  nightly: { en: 'Nightly', de: 'Nachts' },
  operations: { en: 'By operations', de: 'Vom Betriebsteam' },
} as const satisfies Record<string, Words>
