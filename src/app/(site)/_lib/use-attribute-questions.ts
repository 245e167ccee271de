'use client'

import { listAttributeQuestions } from './api'
import type { AttributeQuestion } from './api-types'
import { useQuery, type QueryResult } from './use-query'

/** What operations ask whoever books a service. */
export const useAttributeQuestions = (serviceType: string): QueryResult<AttributeQuestion[]> =>
  useQuery({ key: `attributes:${serviceType}`, load: () => listAttributeQuestions(serviceType) })
