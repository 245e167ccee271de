import type { Answer, Body, Schema } from '../../_api/api-types'

/** The words of these pages for what the booking API takes and answers. Instants are ISO 8601, money is in minor units. */

export type Money = Schema<'Money'>
export type CancellationPolicy = Schema<'CancellationPolicy'>

export type ConsultantCard = Schema<'ConsultantCard'>
export type ConsultantPage = Answer<'listConsultants'>
export type ProfileImage = Schema<'ProfileImage'>
export type IntakeQuestion = Schema<'IntakeQuestion'>
/** A question that operations have defined: of the customer, or of the session. */
export type AttributeQuestion = Schema<'AttributeQuestion'>
export type AttributeValues = Schema<'AttributesInput'>
export type ServiceDuration = Schema<'ServiceDuration'>
export type ServiceType = Schema<'ServiceType'>
export type Consultant = Schema<'Consultant'>

export type Slot = Schema<'Slot'>
export type Slots = Answer<'listSlots'>
export type Hold = Schema<'Hold'>
export type HoldInput = Body<'createHold'>

export type Urgency = Schema<'Urgency'>
export type CustomerInput = Schema<'CustomerInput'>
export type ProblemInput = Schema<'ProblemInput'>
export type SessionInput = Body<'createSession'>
export type AnswerValue = NonNullable<SessionInput['answers']>[string]

export type SessionStatus = Schema<'SessionStatus'>
export type Session = Schema<'Session'>
export type Claim = Schema<'NoShowClaim'>
export type CheckoutStart = Schema<'PaymentDue'>
export type BookedSession = Answer<'createSession'>
export type CancellationPreview = Answer<'previewCancellation'>
export type ReviewInput = Schema<'ReviewInput'>

export type RequestStatus = Schema<'RequestStatus'>
export type ConsultationRequestInput = Body<'createRequest'>
export type ConsultationRequest = Schema<'Request'>

export type Problem = Schema<'Problem'>
