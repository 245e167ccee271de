import { expect, it } from 'vitest'
import { resolvePolicy } from '#sessions/create/compose-session'

const defaults = {
  cancellationPolicy: { refundableBeforeHours: 24, refundPercentage: 100, lateRefundPercentage: 50 },
  noShowRefundPercentage: 10,
}

it('is that of the booking settings where nobody says anything', () => {
  expect(resolvePolicy([], defaults)).toEqual({ ...defaults.cancellationPolicy, noShowRefundPercentage: 10 })
  expect(resolvePolicy([{}, {}], defaults)).toEqual({ ...defaults.cancellationPolicy, noShowRefundPercentage: 10 })
})

it('takes each part from the most specific place that says something', () => {
  const serviceType = { refundableBeforeHours: 48, refundPercentage: null }
  const consultant = { refundableBeforeHours: 12, refundPercentage: 80 }
  expect(resolvePolicy([serviceType, consultant], defaults)).toEqual({
    refundableBeforeHours: 48,
    refundPercentage: 80,
    lateRefundPercentage: 50,
    noShowRefundPercentage: 10,
  })
})

it('takes 0 for something that is said', () => {
  expect(resolvePolicy([{ refundableBeforeHours: 0, refundPercentage: 0 }], defaults)).toMatchObject({
    refundableBeforeHours: 0,
    refundPercentage: 0,
  })
})

it('is a sane one when even the settings say nothing', () => {
  expect(resolvePolicy([], { cancellationPolicy: {}, noShowRefundPercentage: 0 })).toEqual({
    refundableBeforeHours: 24,
    refundPercentage: 100,
    lateRefundPercentage: 0,
    noShowRefundPercentage: 0,
  })
})
