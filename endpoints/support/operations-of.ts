import type { SanitizedConfig } from 'payload'
import { operationOf } from './define-endpoint'
import { plainOperationOf } from './frame-plain-endpoint'
import type { Operation } from './operation'

/** Every operation that a composed configuration serves: the product's, those of an installation, and the routes of plugins. */
export const operationsOf = ({ endpoints, collections, globals }: SanitizedConfig): Operation[] =>
  [endpoints, ...[...collections, ...globals].map((entity) => entity.endpoints || [])]
    .flat()
    .flatMap((endpoint) => operationOf(endpoint) ?? plainOperationOf(endpoint) ?? [])
