import type { UIField } from 'payload'
import { settings } from '#settings'

/** A link to an object in Stripe's dashboard; shown once the field `idField` has its id. */
export const stripeLinkField = (idField: string, stripeResourceType: 'customers' | 'payments'): UIField => ({
  name: 'stripeLink',
  type: 'ui',
  label: { en: 'Link to Stripe', de: 'Link zu Stripe' },
  admin: {
    position: 'sidebar',
    condition: (_data, _sibling, { user }) =>
      Boolean(user?.roles?.some((role: string) => role === 'admin' || role === 'operations')),
    components: { Field: '@payloadcms/plugin-stripe/client#LinkToDoc' },
    custom: {
      isTestKey: settings.stripe.secretKey?.startsWith('sk_test_') ?? true,
      nameOfIDField: idField,
      stripeResourceType,
    },
  },
})
