import { enforceRequirements, verifyAccount } from './connect/change-account'
import { decideByEvidence, expireDispute } from './payments/close-dispute'
import { disputeByCard } from './payments/open-dispute'
import { expireAuthorization } from './payments/expire-authorization'
import { expireCheckout } from './payments/expire-checkout'
import { failRefund, settleRefund } from './payments/settle-refund'
import { settleDebit } from './payments/settle-debit'
import type { Scheduled } from './sandbox-state'
import { nowOf, type World } from './world'

const run = (world: World, { kind, id }: Scheduled): void => {
  switch (kind) {
    case 'expire_checkout':
      return expireCheckout(world, id)
    case 'expire_authorization':
      return expireAuthorization(world, id)
    case 'settle_debit':
      return settleDebit(world, id, 'succeeded')
    case 'settle_refund':
      return settleRefund(world, id)
    case 'fail_refund':
      return failRefund(world, id, 'expired_or_canceled_card')
    case 'open_dispute':
      return disputeByCard(world, id)
    case 'decide_dispute':
      return decideByEvidence(world, id)
    case 'expire_dispute':
      return expireDispute(world, id)
    case 'verify_account':
      return verifyAccount(world, id)
    case 'enforce_requirements':
      return enforceRequirements(world, id)
  }
}

/** Lets everything happen whose time has come, in order. @returns whether anything did. */
export const runScheduled = (world: World): boolean => {
  const now = nowOf(world)
  if (world.nextScheduled > now) return false
  const due = world.state.scheduled.filter((item) => item.at <= now).sort((a, b) => a.at - b.at)
  world.state.scheduled = world.state.scheduled.filter((item) => item.at > now)
  world.nextScheduled = world.state.scheduled.reduce((first, { at }) => Math.min(first, at), Infinity)
  for (const item of due) run(world, item)
  return due.length > 0
}
