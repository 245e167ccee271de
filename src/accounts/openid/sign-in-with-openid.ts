import { AuthenticationError, isolateObjectProperty, type PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { settings } from '#settings'
import { beginLoginSession, type BegunLogin } from '../begin-login-session'
import { endLoginSession } from '../login-session-queries'
import { endAccountLinks, findAddressOwner, lockAddress } from '../links/account-link-queries'
import { tellOwner } from '../tell-owner'
import { decideOpenidLogin, type OpenidClaims, type OpenidProblem } from './decide-openid-login'
import { isShownAnew } from './is-shown-anew'
import { type OpenidBegun, openidBegunAt } from './openid-begun'
import {
  findOpenidUser,
  insertOpenidIdentity,
  isLoginSessionOpen,
  lockLoginWays,
  lockOpenidSubject,
  storeNoPassword,
  storeOpenidLogin,
} from './openid-identity-queries'

export type OpenidOutcome =
  /** `isAnew`: they have shown who they are since they were sent away, there or, as soon as they are in, by a second factor. */
  { is: 'logged_in'; login: BegunLogin; isAnew: boolean } | { is: 'linked' } | { is: 'refused'; problem: OpenidProblem }

const refused = (problem: OpenidProblem) => ({ is: 'refused', problem }) as const

/**
 * Logs somebody in whom a provider vouches for, makes their account if there is none, or joins the provider to the account that they are logged in
 * to. Two at once make one account.
 */
export const signInWithOpenid = async (
  from: PayloadRequest,
  { issuer, claims, begun }: { issuer: string; claims: OpenidClaims; begun: OpenidBegun },
): Promise<OpenidOutcome> => {
  const { link, before } = begun
  try {
    return await withTransaction(from, async (req) => {
      const who = { issuer, subject: claims.subject }
      await lockOpenidSubject(req, who)
      if (claims.email !== null) await lockAddress(req, claims.email)
      const decision = decideOpenidLogin(claims, {
        link,
        identity: await findOpenidUser(req, who),
        owner: claims.email === null ? null : await findAddressOwner(req, claims.email),
        mayRegister: settings.openid.mayRegister,
      })
      if (decision.does === 'refuse') return refused(decision.problem)
      if (decision.does === 'link') return joinToLogin(req, { ...who, email: claims.email }, link)
      const userId =
        decision.does === 'register' ? await register(req, decision.email, { who, claims }) : decision.userId
      await storeOpenidLogin(req, who)
      const login = await beginLoginSession(req, userId, claims.shownAt)
      if (before) await endLoginSession(req, before.userId, before.sessionId)
      return { is: 'logged_in', login, isAnew: login.isWaiting || isShownAnew(claims, openidBegunAt(begun)) } as const
    })
  } catch (error) {
    if (error instanceof AuthenticationError) return refused('refused')
    throw error
  }
}

type Who = { issuer: string; subject: string }

/** The login with which it was begun is still there: whoever was logged out meanwhile joins nothing. */
const joinToLogin = async (
  req: PayloadRequest,
  who: Who & { email: string | null },
  link: OpenidBegun['link'],
): Promise<OpenidOutcome> => {
  if (!link) return refused('expired')
  const { isOpen } = await lockLoginWays(req, link.userId)
  if (!isOpen || !(await isLoginSessionOpen(req, link))) return refused('expired')
  const isNew = await insertOpenidIdentity(req, { ...who, userId: link.userId })
  if (isNew) await tellOwner(req, link.userId, 'provider_connected')
  return { is: 'linked' }
}

/** As a customer, with what was booked with the address; its open links end, as nobody has to confirm it any more. */
const register = async (
  req: PayloadRequest,
  email: string,
  { who, claims }: { who: Who; claims: OpenidClaims },
): Promise<string> => {
  const [name = email] = email.split('@', 1)
  // Whoever is logged in beside it does not make it.
  const ofNobody = isolateObjectProperty(req, 'user')
  ofNobody.user = null
  const { id } = await req.payload.create({
    collection: 'users',
    data: { email, name: claims.name ?? name, password: '', roles: ['customer'], isActive: true, _verified: true },
    context: { spokenLanguage: claims.language },
    depth: 0,
    req: ofNobody,
  })
  await storeNoPassword(req, id)
  await insertOpenidIdentity(req, { ...who, userId: id, email })
  await endAccountLinks(req, email)
  return id
}
