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
  labels: { singular: 'Reconciliation', plural: 'Reconciliations' },
  admin: {
    group: 'Money',
    useAsTitle: 'startedAt',
    defaultColumns: ['startedAt', 'status', 'trigger', 'checkedCount', 'healedCount', 'openCount'],
    description: 'The books compared with Stripe, nightly and on demand. Heals what is missing, never moves money.',
    components: { beforeListTable: [adminComponent('compare-now-bar')] },
  },
  defaultSort: '-startedAt',
  access: { create: nobody, read: staff, update: nobody, delete: nobody },
  fields: [
    choiceField('status', runStates, { required: true, defaultValue: 'running', index: true }),
    choiceField('trigger', runTriggers, { required: true }),
    textField('requestedBy', { description: 'Id of the user.' }),
    instantField('startedAt', { required: true }),
    instantField('finishedAt'),
    instantField('from', { required: true, description: "Stripe's entries since then were compared." }),
    instantField('until', { required: true }),
    textField('cursor', { description: 'The last of them that was looked at.' }),
    integerField('checkedCount', { defaultValue: 0 }),
    integerField('healedCount', { defaultValue: 0, description: 'What was missing and is there now.' }),
    integerField('openCount', { defaultValue: 0, description: 'What still differs.' }),
    paragraphField('error', { maxLength: 10_000 }),
  ],
}
