'use client'

import { useFormFields } from '@payloadcms/ui'
import { useWords } from './lib/use-words'

/** Says what it means, once an attribute is to be read by everybody. */
export const PublicAttributeWarning = () => {
  const { say } = useWords()
  const readers = useFormFields(([fields]) => fields.readableBy?.value)
  const isPublic = Array.isArray(readers) && readers.includes('public')
  return (
    <p className={isPublic ? 'parley-warning' : ''} role="status">
      {isPublic
        ? say(
            'What is entered here is shown to everybody who sees the record. Of consultants and service types that is the public: the API hands it out to people who are not logged in.',
          )
        : ''}
    </p>
  )
}
