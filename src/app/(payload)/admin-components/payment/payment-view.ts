import type { Answer, Schema } from '../../../_api/api-types'

export type MoneyView = Schema<'Money'>
export type PaymentView = Answer<'getPayment'>
export type TimelineView = PaymentView['timeline'][number]
