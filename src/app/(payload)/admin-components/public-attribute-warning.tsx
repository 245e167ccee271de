'use client'

import { useFormFields } from '@payloadcms/ui'

/** Says what it means, once an attribute is to be read by everybody. */
export const PublicAttributeWarning = () => {
  const readers = useFormFields(([fields]) => fields.readableBy?.value)
  const isPublic = Array.isArray(readers) && readers.includes('public')
  return (
    <p className={isPublic ? 'parley-warning' : ''} role="status">
      {isPublic
        ? 'What is entered here is shown to everybody who sees the record. Of consultants and service types that is the public: the API hands it out to people who are not logged in.'
        : ''}
    </p>
  )
}
