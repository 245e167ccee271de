'use client'

import { useMemo } from 'react'
import { listConsultants, listServiceTypes } from '../_lib/api'
import type { ServiceType } from '../_lib/api-types'
import { useQuery } from '../_lib/use-query'

/** As many profiles as one request may ask for: their specialties and languages are what can be filtered by. */
const sampleSize = 100

const fiveMinutes = 300_000

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort((a, b) => a.localeCompare(b))

export type FilterOptions = { specialties: string[]; languages: string[]; services: ServiceType[] }

/** What the selects of the directory offer. Empty until loaded; the list itself does not wait for it. */
export const useFilterOptions = (): FilterOptions => {
  const { data: sample } = useQuery({
    key: 'filter-options',
    load: () => listConsultants({ limit: sampleSize }),
    maxAgeMs: fiveMinutes,
  })
  const { data: services } = useQuery({ key: 'service-types', load: listServiceTypes, maxAgeMs: fiveMinutes })
  return useMemo(
    () => ({
      specialties: distinct(sample?.docs.flatMap(({ specialties }) => specialties) ?? []),
      languages: distinct(sample?.docs.flatMap(({ languages }) => languages) ?? []),
      services: services ?? [],
    }),
    [sample, services],
  )
}
