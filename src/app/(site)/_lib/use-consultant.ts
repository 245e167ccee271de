'use client'

import { getConsultant } from './api'
import type { Consultant } from './api-types'
import { useQuery, type QueryResult } from './use-query'

export const useConsultant = (slug: string): QueryResult<Consultant> =>
  useQuery({ key: `consultant:${slug}`, load: () => getConsultant(slug), maxAgeMs: 120_000 })
