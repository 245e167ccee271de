import type { Field, RowField } from 'payload'

/**
 * Payload makes a group that holds a required field itself required in GraphQL, in updates too: whoever marks a message as
 * read would have to send its delivery. It does not look into rows, which mean nothing but how a form is laid out.
 */
export const optionalInGraphql = (...fields: Field[]): RowField => ({ type: 'row', fields })
