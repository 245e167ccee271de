import { readTable } from './read-table'

/**
 * What Stripe, the worker and operations can bring money to, written by hand, so that a slip in the tables of the code is not its own
 * proof. Roles that are not named may do nothing.
 */
export const moneyWays = {
  payment: readTable(`
    pending → processing, authorized, succeeded, failed: payment
    pending → cancelled: payment, system
    processing → authorized, succeeded, failed: payment
    processing → cancelled: payment, system
    authorized → succeeded: payment
    authorized → cancelled: payment, system
    succeeded → partially_refunded, refunded, disputed, chargeback: payment
    partially_refunded → partially_refunded, refunded, succeeded, disputed, chargeback: payment
    refunded → partially_refunded, succeeded, disputed, chargeback: payment
    disputed → succeeded, partially_refunded, refunded, chargeback: payment
    failed → authorized, succeeded: payment
    failed → cancelled: payment, system
    cancelled → authorized, succeeded: payment
  `),
  refund: readTable(`
    requested → pending, failed: payment, system
    requested → succeeded: payment
    requested → cancelled: admin, operations, system, payment
    pending → succeeded, failed, cancelled: payment
    succeeded → failed: payment
  `),
  payout: readTable(`
    not_due → due, held, paid: payment, system
    due → paid, not_due, reversed: payment, system
    due → held: admin, operations, payment, system
    held → due: admin, operations, payment, system
    held → paid, not_due, reversed: payment, system
    paid → reversed, due, held: payment, system
    reversed → due, held, paid: payment, system
  `),
  transfer: readTable(`
    requested → succeeded, failed: payment
  `),
  dispute: readTable(`
    inquiry → needs_response, under_review, won, lost, inquiry_closed: payment
    needs_response → under_review, won, lost: payment
    under_review → needs_response, won, lost: payment
  `),
  answer: readTable(`
    requested → succeeded, failed: payment
    succeeded → requested: admin, operations
    failed → requested: admin, operations
  `),
}
