import type { LanguageDefinition } from '#notifications/languages'

/** As much French as there is; the rest is said in English. */
export const french: LanguageDefinition = {
  label: 'Français',
  locale: 'fr-FR',
  catalogue: {
    phrases: { greeting: 'Bonjour {{recipientName}},', facts: { when: 'Quand', reference: 'Référence' } },
    messages: {
      booking_confirmation: { customer: { subject: 'Confirmé : {{serviceName}}, {{when}}' } },
      practice_preparation: {
        customer: {
          subject: 'À préparer : votre dossier {{fileNumber}}',
          heading: 'Ce qu’il faut préparer',
          intro: 'Merci d’avoir votre contrat et tous les courriers sous la main le {{when}}.',
          action: 'Voir votre réservation',
        },
      },
    },
  },
}
