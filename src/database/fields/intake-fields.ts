import type { Field } from 'payload'
import { urgencies } from '#shared/urgencies'
import { choiceField, jsonField, paragraphField, textField } from './text-fields'
import type { FieldOptions } from './field-options'

/** What the customer says about their problem, the same on a request and on a session. */
export const intakeFields = (access: NonNullable<FieldOptions['access']>): Field[] => [
  textField('problemTitle', { access }),
  paragraphField('problemDescription', { access }),
  textField('problemCategory', { access, description: 'For example pricing, growth, hiring.' }),
  jsonField('problemStructured', {
    access,
    description: 'What was found in the description: size of the company, tools, figures.',
  }),
  choiceField('urgency', urgencies, { access, defaultValue: 'this_week' }),
  jsonField('answers', { access, description: "Answers to the service type's questions, by key." }),
]
