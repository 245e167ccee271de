import type { Field } from 'payload'
import { urgencies } from '#shared/urgencies'
import { choiceField, jsonField, paragraphField, textField } from './text-fields'
import type { FieldOptions } from './field-options'

/** What the customer says about their problem, the same on a request and on a session. */
export const intakeFields = (access: NonNullable<FieldOptions['access']>): Field[] => [
  textField('problemTitle', { access }),
  paragraphField('problemDescription', { access }),
  textField('problemCategory', {
    access,
    description: { en: 'For example pricing, growth, hiring.', de: 'Zum Beispiel Preise, Wachstum, Personal.' },
  }),
  jsonField('problemStructured', {
    access,
    description: {
      en: 'What was found in the description: size of the company, tools, figures.',
      de: 'Was in der Beschreibung gefunden wurde: Größe des Unternehmens, Werkzeuge, Zahlen.',
    },
  }),
  choiceField('urgency', urgencies, { access, defaultValue: 'this_week' }),
  jsonField('answers', {
    access,
    description: {
      en: "Answers to the service type's questions, by key.",
      de: 'Antworten auf die Fragen der Leistung, nach Schlüssel.',
    },
  }),
]
