/** Why a session expired, as its history has it; what people are told differs by it. */
export const expiryReasons = {
  unpaid: 'not paid in time',
  unconfirmed: 'not confirmed in time',
  unopened: 'the mailed link was not opened in time',
  authorization: 'the reservation on the card ran out',
  capture: 'the card could not be charged',
} as const
