import type { CollectionConfig } from 'payload'
import { nobody, staff } from '#access/collection-access'
import { adminComponent } from '#database/fields/admin-component'
import { integerField } from '#database/fields/number-fields'
import { choiceField, paragraphField, textField } from '#database/fields/text-fields'
import { instantField } from '#database/fields/time-fields'
import { runStates, runTriggers } from '#payments/reconciliation/reconciliation-kinds'

/** One comparison of the books with Stripe. */
export const ReconciliationRuns: CollectionConfig = {
  slug: 'reconciliation-runs',
  labels: {
    singular: { en: 'Reconciliation', de: 'Abgleich mit Stripe' },
    plural: { en: 'Reconciliations', de: 'Abgleiche mit Stripe' },
  },
  admin: {
    group: { en: 'Money', de: 'Geld' },
    useAsTitle: 'startedAt',
    defaultColumns: ['startedAt', 'status', 'trigger', 'checkedCount', 'healedCount', 'openCount'],
    description: {
      en: 'The books compared with Stripe, nightly and on demand. Heals what is missing, never moves money.',
      de: 'Die Bücher im Vergleich mit Stripe, nachts und auf Wunsch. Ergänzt, was fehlt, bewegt nie Geld.',
    },
    components: { beforeListTable: [adminComponent('compare-now-bar')] },
  },
  defaultSort: '-startedAt',
  access: { create: nobody, read: staff, update: nobody, delete: nobody },
  fields: [
    choiceField('status', runStates, { required: true, defaultValue: 'running', index: true }),
    choiceField('trigger', runTriggers, { required: true }),
    textField('requestedBy', { description: { en: 'Id of the user.', de: 'ID des Benutzers.' } }),
    instantField('startedAt', { required: true }),
    instantField('finishedAt'),
    instantField('from', {
      required: true,
      description: {
        en: "Stripe's entries since then were compared.",
        de: 'Die Einträge von Stripe seitdem wurden verglichen.',
      },
    }),
    instantField('until', { required: true }),
    textField('cursor', {
      description: { en: 'The last of them that was looked at.', de: 'Der letzte davon, der angesehen wurde.' },
    }),
    integerField('checkedCount', { defaultValue: 0 }),
    integerField('healedCount', {
      defaultValue: 0,
      description: { en: 'What was missing and is there now.', de: 'Was fehlte und jetzt da ist.' },
    }),
    integerField('openCount', {
      defaultValue: 0,
      description: { en: 'What still differs.', de: 'Was noch abweicht.' },
    }),
    paragraphField('error', { maxLength: 10_000 }),
  ],
}
