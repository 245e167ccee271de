import type { CollectionBeforeOperationHook } from 'payload'
import { guardLogin } from '#accounts/guard-login'

/** After the bound on logins by one address. What has no address or no password, Payload refuses as it is. */
export const guardLoginBeforePassword: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  if (operation !== 'login' || req.payloadAPI === 'local' || !('data' in args)) return args
  const data: unknown = args.data
  if (isTyped(data)) await guardLogin(req, data)
  return args
}

const isTyped = (data: unknown): data is { email: string; password: string } =>
  typeof data === 'object' &&
  data !== null &&
  'email' in data &&
  'password' in data &&
  [data.email, data.password].every((text) => typeof text === 'string' && text.trim() !== '')
