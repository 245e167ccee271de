import type { components, operations } from './openapi-types'

/**
 * The types of the booking API, out of its own document: a named part, and what an operation answers, takes as its body, and takes
 * in its address.
 */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

type OperationId = keyof operations
type Json<Of> = Of extends { content: { 'application/json': infer Value } } ? Value : never
type Done = 200 | 201 | 202

export type Answer<Id extends OperationId> = {
  [Status in keyof operations[Id]['responses'] & Done]: Json<operations[Id]['responses'][Status]>
}[keyof operations[Id]['responses'] & Done]

export type Body<Id extends OperationId> = Json<NonNullable<operations[Id]['requestBody']>>

export type Query<Id extends OperationId> = NonNullable<operations[Id]['parameters']['query']>
