import type { ErrorCode, FieldError } from '#shared/errors'

/** The answers of the public booking API, as these pages read them. Instants are ISO 8601, money is in minor units. */

export type Money = { amount: number; currency: string }

/** The share that goes back until so many hours before the beginning, and the share after that. */
export type CancellationPolicy = {
  refundableBeforeHours: number
  refundPercentage: number
  lateRefundPercentage?: number
}

export type ConsultantCard = {
  id: string
  slug: string
  name: string
  headline: string | null
  specialties: string[]
  languages: string[]
  averageRating: number | null
  reviewCount: number
  price: Money | null
  nextAvailableAt: string | null
  profileImage?: ProfileImage | null
}

export type ConsultantPage = {
  docs: ConsultantCard[]
  totalDocs: number
  page: number
  totalPages: number
  hasNextPage: boolean
}

export type ProfileImage = { url: string; alt: string | null }

export type IntakeQuestion = {
  key: string
  label: string
  type: string
  options?: (string | { label: string; value: string })[] | null
  required: boolean
}

export type ServiceDuration = { durationMinutes: number; price: Money | null }

export type ServiceType = {
  slug: string
  name: string
  descriptionText: string | null
  durations: ServiceDuration[]
  defaultDurationMinutes: number
  requiresConfirmation: boolean
  isFree: boolean
  cancellationPolicy: CancellationPolicy | null
  intakeQuestions: IntakeQuestion[]
}

export type Review = {
  rating: number
  reviewText: string | null
  customerName: string
  createdAt: string
  consultantResponse: string | null
}

export type Consultant = {
  id: string
  slug: string
  name: string
  headline: string | null
  bioText: string | null
  location: string | null
  company: string | null
  website: string | null
  timeZone: string
  specialties: string[]
  languages: string[]
  certifications: string[]
  yearsOfExperience: number | null
  averageRating: number | null
  reviewCount: number
  profileImage: ProfileImage | null
  serviceTypes: ServiceType[]
  reviews: Review[]
}

export type Slot = { start: string; end: string; price: Money | null }

export type Slots = { timeZone: string; durationMinutes: number; slots: Record<string, Slot[]> }

export type Hold = { token: string; expiresAt: string; start: string; end: string; price: Money | null }

export const urgencies = ['asap', 'today', 'this_week'] as const
export type Urgency = (typeof urgencies)[number]

export type CustomerInput = { name: string; email: string; timeZone: string; phone?: string; language?: string }
export type ProblemInput = { title?: string; description: string; urgency?: Urgency }
export type AnswerValue = string | number | boolean

export type SessionInput = {
  holdToken: string
  customer: CustomerInput
  problem?: ProblemInput
  answers?: Record<string, AnswerValue>
  notes?: string
}

export type SessionStatus =
  | 'pending_payment'
  | 'pending_confirmation'
  | 'scheduled'
  | 'in_progress'
  | 'completed'
  | 'expired'
  | 'declined'
  | 'cancelled_by_user'
  | 'cancelled_by_consultant'
  | 'cancelled_by_operations'
  | 'no_show_user'
  | 'no_show_consultant'
  | 'refunded'

export type SessionAction = 'pay' | 'cancel' | 'reschedule' | 'join' | 'review' | 'accept'

export type Session = {
  reference: string
  status: SessionStatus
  start: string
  end: string
  timeZone: string
  consultant: { slug: string; name: string; timeZone: string }
  serviceType: { slug: string; name: string }
  price: Money | null
  meeting: { joinUrl: string | null } | null
  payment: {
    status: string
    amount: Money
    refunded: Money | null
    receiptUrl: string | null
    invoiceUrl: string | null
  } | null
  actions: SessionAction[]
  policy: CancellationPolicy | null
  cancellation?: { by: string | null; cancelledAt: string | null; reason: string | null } | null
  createdAt: string
}

export type CheckoutStart = { checkoutUrl: string; expiresAt: string; amount: Money }

export type BookedSession = { session: Session; manageToken: string; payment: CheckoutStart | null }

export type CancellationPreview = {
  allowed: boolean
  refund: Money | null
  reason: string | null
  deadline: string | null
}

export type ReviewInput = { rating: number; reviewText?: string; npsScore?: number; problemResolved?: boolean }

export type RequestStatus =
  | 'pending'
  | 'pending_assignment'
  | 'pending_confirmation'
  | 'scheduled'
  | 'completed'
  | 'cancelled'
  | 'rejected'
  | 'expired'

export type ConsultationRequestInput = {
  serviceType: string
  preferredConsultant?: string
  preferredStart?: string
  preferredEnd?: string
  customer: CustomerInput
  problem: ProblemInput
}

export type ProposedTime = { start: string; end: string }

export type ConsultationRequest = {
  reference: string
  status: RequestStatus
  serviceType: { slug: string; name: string }
  consultant: { slug: string; name: string } | null
  problem: { title: string | null; description: string; urgency: string | null }
  preferredStart: string | null
  preferredEnd: string | null
  proposedTimes: ProposedTime[]
  rejectionReason: string | null
  expiresAt: string | null
  session: { reference: string } | null
  actions: SessionAction[]
  createdAt: string
}

/** The problem document (RFC 9457) that every refusal of the API is. */
export type Problem = {
  title: string
  status: number
  detail: string
  code: ErrorCode
  errors?: FieldError[]
}
