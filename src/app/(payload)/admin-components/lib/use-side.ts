'use client'

import { useAuth, useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { ActorRole } from '#shared/actor'
import { getJson } from './api'

const hasRole = (user: unknown, role: string): boolean =>
  typeof user === 'object' && user !== null && 'roles' in user && Array.isArray(user.roles) && user.roles.includes(role)

/**
 * As whom whoever is logged in deals with a record of this consultant: staff by their role, else as the consultant or the
 * customer of it. The server decides the same for itself; this only chooses what to show. Undefined until it is known.
 */
export const useSide = (consultantId: unknown): ActorRole | undefined => {
  const { user } = useAuth()
  const { config } = useConfig()
  const base = config.routes.api
  const [isOwn, setOwn] = useState<boolean>()
  const staff = hasRole(user, 'admin') ? 'admin' : hasRole(user, 'operations') ? 'operations' : undefined
  const userId = user?.id
  const id = typeof consultantId === 'string' ? consultantId : undefined
  useEffect(() => {
    if (staff || userId === undefined) return
    const stop = new AbortController()
    const query = new URLSearchParams({
      'where[user][equals]': String(userId),
      depth: '0',
      limit: '1',
      'select[name]': 'true',
    })
    getJson(`${base}/consultant-profiles?${query.toString()}`, stop.signal)
      .then((answer) => setOwn((answer as { docs: { id: string }[] }).docs[0]?.id === id))
      .catch(() => undefined)
    return () => stop.abort()
  }, [base, id, staff, userId])
  if (staff) return staff
  return isOwn === undefined ? undefined : isOwn ? 'consultant' : 'customer'
}
