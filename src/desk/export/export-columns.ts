import type { ConsultantProfile, Customer, ScheduledSession, ServiceType } from '#payload-types'
import type { AttributeSubject } from '#attributes/attribute-kinds'
import { charges } from '#sessions/create/charge-kinds'
import { sessionStates } from '#sessions/session-states'
import { type Money, toDecimal } from '#shared/money'
import { urgencies } from '#shared/urgencies'

/** What one cell of a file can hold. */
export type ExportValue = string | number | boolean | Money | null | undefined

type Records = {
  'scheduled-sessions': ScheduledSession
  customers: Customer
  'consultant-profiles': ConsultantProfile
  'service-types': ServiceType
}

/** What is exported, as records with their relations beside them. */
export type ExportedRecord<Subject extends AttributeSubject> = Records[Subject]

export type ExportColumn<Subject extends AttributeSubject> = {
  header: string
  value: (record: ExportedRecord<Subject>) => ExportValue
}

const list = (values: readonly (string | number)[] | null | undefined): string => (values ?? []).join(', ')

/** What a relation leads to; one that is gone, or that is only an id, has nothing to say. */
const linked = <Linked extends object>(relation: string | Linked | null | undefined): Partial<Linked> =>
  typeof relation === 'object' && relation !== null ? relation : {}

const money = (amount: number | null | undefined, currency: string | null | undefined): Money | undefined =>
  typeof amount === 'number' && typeof currency === 'string' ? { amount, currency } : undefined

const priceText = ({ durationMinutes, amount, currency }: NonNullable<ServiceType['prices']>[number]): string =>
  `${durationMinutes} min: ${toDecimal({ amount, currency })} ${currency}`

/** An instant as spreadsheets take it for one; its column says that it is UTC. */
const utc = (instant: string): string => instant.slice(0, 19).replace('T', ' ')

/** The columns of each list's file that are there without anybody's doing; those of custom attributes follow them. */
export const exportColumns: { readonly [Subject in AttributeSubject]: readonly ExportColumn<Subject>[] } = {
  'scheduled-sessions': [
    { header: 'Reference', value: ({ reference }) => reference },
    { header: 'Status', value: ({ status }) => sessionStates[status].label.en },
    { header: 'Starts at (UTC)', value: ({ startsAt }) => utc(startsAt) },
    { header: 'Ends at (UTC)', value: ({ endsAt }) => utc(endsAt) },
    { header: 'Duration (minutes)', value: ({ durationMinutes }) => durationMinutes },
    { header: 'Time zone', value: ({ timeZone }) => timeZone },
    { header: 'Service type', value: ({ serviceType }) => linked(serviceType).name },
    { header: 'Consultant', value: ({ consultant }) => linked(consultant).name },
    { header: 'Customer', value: ({ customer }) => linked(customer).name },
    { header: 'Customer e-mail', value: ({ customer }) => linked(customer).email },
    { header: 'Charge', value: ({ charge }) => charge && charges[charge].en },
    { header: 'Price', value: ({ price }) => money(price.amount, price.currency) },
    { header: 'Platform fee', value: ({ price }) => money(price.platformFeeAmount, price.currency) },
    { header: 'Consultant payout', value: ({ price }) => money(price.consultantPayoutAmount, price.currency) },
    { header: 'Currency', value: ({ price }) => price.currency },
    { header: 'Problem', value: ({ problemTitle }) => problemTitle },
    { header: 'Description', value: ({ problemDescription }) => problemDescription },
    { header: 'Category', value: ({ problemCategory }) => problemCategory },
    { header: 'Urgency', value: ({ urgency }) => urgency && urgencies[urgency].en },
    { header: 'Customer notes', value: ({ customerNotes }) => customerNotes },
    { header: 'Internal notes', value: ({ internalNotes }) => internalNotes },
    { header: 'Booked at (UTC)', value: ({ createdAt }) => utc(createdAt) },
  ],
  customers: [
    { header: 'Name', value: ({ name }) => name },
    { header: 'E-mail', value: ({ email }) => email },
    { header: 'Telephone', value: ({ phone }) => phone },
    { header: 'Company', value: ({ company }) => company },
    { header: 'Role', value: ({ role }) => role },
    { header: 'Status', value: ({ status }) => status },
    { header: 'E-mail verified', value: ({ emailVerified }) => Boolean(emailVerified) },
    { header: 'Time zone', value: ({ timeZone }) => timeZone },
    { header: 'Language', value: ({ language }) => language },
    { header: 'Bookings', value: ({ statistics }) => statistics?.totalBookings },
    { header: 'Street', value: ({ address }) => address?.street },
    { header: 'City', value: ({ address }) => address?.city },
    { header: 'State', value: ({ address }) => address?.state },
    { header: 'Postcode', value: ({ address }) => address?.zipCode },
    { header: 'Country', value: ({ address }) => address?.country },
    { header: 'Internal notes', value: ({ internalNotes }) => internalNotes },
    { header: 'Created at (UTC)', value: ({ createdAt }) => utc(createdAt) },
  ],
  'consultant-profiles': [
    { header: 'Name', value: ({ name }) => name },
    { header: 'Slug', value: ({ slug }) => slug },
    { header: 'Status', value: ({ _status }) => _status },
    { header: 'Public', value: ({ isPublic }) => Boolean(isPublic) },
    { header: 'Verified', value: ({ isVerified }) => Boolean(isVerified) },
    { header: 'Available', value: ({ availability }) => Boolean(availability.isAvailable) },
    { header: 'E-mail', value: ({ email }) => email },
    { header: 'Telephone', value: ({ phone }) => phone },
    { header: 'Headline', value: ({ headline }) => headline },
    { header: 'Company', value: ({ company }) => company },
    { header: 'Location', value: ({ location }) => location },
    { header: 'Website', value: ({ website }) => website },
    { header: 'Specialties', value: ({ specialties }) => list(specialties) },
    { header: 'Languages', value: ({ languages }) => list(languages) },
    { header: 'Time zone', value: ({ availability }) => availability.timeZone },
    {
      header: 'Price of an hour',
      value: ({ consulting }) => money(consulting?.basePrice, consulting?.currency),
    },
    { header: 'Currency', value: ({ consulting }) => consulting?.currency },
    { header: 'Bookings', value: ({ statistics }) => statistics?.totalBookings },
    { header: 'Average rating', value: ({ statistics }) => statistics?.averageRating },
    { header: 'Reviews', value: ({ statistics }) => statistics?.reviewCount },
    { header: 'Internal notes', value: ({ internalNotes }) => internalNotes },
    { header: 'Created at (UTC)', value: ({ createdAt }) => utc(createdAt) },
  ],
  'service-types': [
    { header: 'Name', value: ({ name }) => name },
    { header: 'Slug', value: ({ slug }) => slug },
    { header: 'Active', value: ({ isActive }) => Boolean(isActive) },
    { header: 'Free', value: ({ isFree }) => Boolean(isFree) },
    { header: 'Durations (minutes)', value: ({ durations }) => list(durations) },
    { header: 'Default duration (minutes)', value: ({ defaultDurationMinutes }) => defaultDurationMinutes },
    { header: 'Prices', value: ({ prices }) => list((prices ?? []).map(priceText)) },
    { header: 'Requires confirmation', value: ({ requiresConfirmation }) => Boolean(requiresConfirmation) },
    {
      header: 'Consultants',
      value: ({ consultants }) => list((consultants ?? []).flatMap((one) => linked(one).name ?? [])),
    },
    { header: 'Created at (UTC)', value: ({ createdAt }) => utc(createdAt) },
  ],
}
