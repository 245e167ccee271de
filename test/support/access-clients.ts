import type { Payload } from 'payload'
import { type MatrixRole, type Reach } from './access-matrix'
import type { AccessWorld, WorldRow } from './access-world'
import { createRestClient, type RestClient } from './rest-client'

/** One client for each role of the matrix. */
export const createClients = async (
  payload: Payload,
  { users }: Pick<AccessWorld, 'users'>,
): Promise<Record<MatrixRole, RestClient>> => {
  const api = await createRestClient(payload)
  return {
    anonymous: api,
    customer: await api.as(users.customer),
    consultant: await api.as(users.consultant),
    operations: await api.as(users.operations),
    admin: await api.as(users.admin),
  }
}

/** `A`'s records are those of the consultant and the customer who ask. */
export const isOwn = ({ owner, side }: WorldRow, role: MatrixRole): boolean =>
  (role === 'customer' || role === 'consultant') && owner === 'A' && (side === undefined || side === role)

export const isStaffRole = (role: MatrixRole): boolean => role === 'operations' || role === 'admin'

export const isWithin = (reach: Reach, row: WorldRow, role: MatrixRole): boolean => {
  switch (reach) {
    case 'none':
      return false
    case 'all':
      return true
    case 'public':
      return row.isPublic
    case 'own':
      return isOwn(row, role)
    case 'public+own':
      return row.isPublic || isOwn(row, role)
  }
}
