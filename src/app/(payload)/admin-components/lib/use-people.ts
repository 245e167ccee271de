'use client'

import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { getJson } from './api'

type Named = { docs: { id: string; name?: string | null }[] }

/** Names of users and customers by id, as far as whoever looks may know them. */
export const usePeople = (ids: readonly (string | null | undefined)[]): ReadonlyMap<string, string> => {
  const { config } = useConfig()
  const base = config.routes.api
  const [people, setPeople] = useState<ReadonlyMap<string, string>>(new Map())
  const wanted = [...new Set(ids.filter((id) => id !== null && id !== undefined && id !== ''))].toSorted().join(',')
  useEffect(() => {
    if (!wanted) return
    const stop = new AbortController()
    const query = new URLSearchParams({ 'where[id][in]': wanted, 'select[name]': 'true', depth: '0', limit: '100' })
    const ask = async (slug: string) =>
      ((await getJson(`${base}/${slug}?${query.toString()}`, stop.signal)) as Named).docs
    void Promise.allSettled([ask('users'), ask('customers')]).then((answers) => {
      if (stop.signal.aborted) return
      const known = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
      setPeople(new Map(known.flatMap(({ id, name }) => (name ? [[id, name] as const] : []))))
    })
    return () => stop.abort()
  }, [base, wanted])
  return people
}
