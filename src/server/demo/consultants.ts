import type { ConsultantProfile } from '#payload-types'
import { type Weekday, weekdays } from '#availability/types'

type Hours = { start: string; end: string; days: readonly Weekday[] }

/** One expert of the demo. `basePrice` is the price of an hour in minor units. */
export type DemoConsultant = {
  slug: string
  name: string
  headline: string
  bio: string
  location: string
  timeZone: string
  hours: Hours
  specialties: string[]
  languages: string[]
  yearsOfExperience: number
  basePrice: number
  currency: NonNullable<NonNullable<ConsultantProfile['consulting']>['currency']>
  noticeHours?: number
  bufferMinutes?: number
  breaks?: NonNullable<NonNullable<ConsultantProfile['availability']>['breakTimes']>
}

const workdays: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
const office: Hours = { start: '09:00', end: '17:00', days: workdays }

/** Twelve experts in eleven zones: both hemispheres, half-hour offsets, nights, and zones that change at midnight. */
export const demoConsultants: readonly DemoConsultant[] = [
  {
    slug: 'amara-okafor',
    name: 'Amara Okafor',
    headline: 'Pricing and packaging for software companies',
    bio: 'I have set prices for forty products, and unset as many. Bring your plan page and your last ten lost deals.',
    location: 'London, United Kingdom',
    timeZone: 'Europe/London',
    hours: office,
    specialties: ['pricing', 'strategy', 'saas'],
    languages: ['en'],
    yearsOfExperience: 14,
    basePrice: 15_000,
    currency: 'GBP',
    breaks: [{ recurring: true, startTime: '12:30', endTime: '13:15' }],
  },
  {
    slug: 'jonas-weber',
    name: 'Jonas Weber',
    headline: 'Executive coach, 15+ years',
    bio: 'Former operations lead. I help people who lead their first hundred find out what to stop doing.',
    location: 'Berlin, Germany',
    timeZone: 'Europe/Berlin',
    hours: { ...office, start: '08:30', end: '16:30' },
    specialties: ['leadership', 'coaching', 'operations'],
    languages: ['de', 'en'],
    yearsOfExperience: 17,
    basePrice: 18_000,
    currency: 'EUR',
    bufferMinutes: 15,
  },
  {
    slug: 'priya-raman',
    name: 'Priya Raman',
    headline: 'Data platforms that people trust',
    bio: 'From spreadsheets to a warehouse without a two-year project. I review architectures and hiring plans.',
    location: 'Bengaluru, India',
    timeZone: 'Asia/Kolkata',
    hours: { ...office, start: '10:00', end: '19:00' },
    specialties: ['data', 'engineering', 'architecture'],
    languages: ['en', 'hi', 'ta'],
    yearsOfExperience: 12,
    basePrice: 9_000,
    currency: 'GBP',
  },
  {
    slug: 'mia-thompson',
    name: 'Mia Thompson',
    headline: 'Hiring engineers, and keeping them',
    bio: 'I built teams in Sydney and Singapore. We look at your pipeline, your offers and your first ninety days.',
    location: 'Sydney, Australia',
    timeZone: 'Australia/Sydney',
    hours: office,
    specialties: ['hiring', 'people', 'engineering'],
    languages: ['en'],
    yearsOfExperience: 11,
    basePrice: 22_000,
    currency: 'AUD',
  },
  {
    slug: 'catalina-rojas',
    name: 'Catalina Rojas',
    headline: 'Market entry in Latin America',
    bio: 'Distribution, tax and the first three people to hire. I have opened five countries for others.',
    location: 'Santiago, Chile',
    timeZone: 'America/Santiago',
    hours: { ...office, end: '18:00' },
    specialties: ['growth', 'strategy', 'sales'],
    languages: ['es', 'en', 'pt'],
    yearsOfExperience: 16,
    basePrice: 12_000,
    currency: 'USD',
  },
  {
    slug: 'omar-hassan',
    name: 'Omar Hassan',
    headline: 'Logistics and supply chains',
    bio: 'Warehouses, customs, last mile. If your goods are late, we find out where the days go.',
    location: 'Cairo, Egypt',
    timeZone: 'Africa/Cairo',
    hours: { start: '09:00', end: '17:00', days: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'] },
    specialties: ['operations', 'logistics'],
    languages: ['ar', 'en', 'fr'],
    yearsOfExperience: 20,
    basePrice: 10_000,
    currency: 'USD',
  },
  {
    slug: 'haruka-sato',
    name: 'Haruka Sato',
    headline: 'Selling software in Japan',
    bio: 'Partners, procurement and the right business card. I prepare you for the meeting that decides.',
    location: 'Tokyo, Japan',
    timeZone: 'Asia/Tokyo',
    hours: { ...office, start: '10:00', end: '18:00' },
    specialties: ['sales', 'growth', 'japan'],
    languages: ['ja', 'en'],
    yearsOfExperience: 13,
    basePrice: 24_000,
    currency: 'JPY',
  },
  {
    slug: 'diego-alvarez',
    name: 'Diego Alvarez',
    headline: 'On call for incidents, while you are asleep',
    bio: 'I work nights by choice. Post-mortems, runbooks, and a calm voice when the graph goes the wrong way.',
    location: 'Los Angeles, United States',
    timeZone: 'America/Los_Angeles',
    hours: { start: '20:00', end: '02:00', days: workdays },
    specialties: ['engineering', 'reliability', 'operations'],
    languages: ['en', 'es'],
    yearsOfExperience: 10,
    basePrice: 20_000,
    currency: 'USD',
    noticeHours: 1,
  },
  {
    slug: 'grace-njeri',
    name: 'Grace Njeri',
    headline: 'Fundraising for first-time founders',
    bio: 'Deck, data room, and the questions that decide. I sat on the other side for eight years.',
    location: 'Nairobi, Kenya',
    timeZone: 'Africa/Nairobi',
    hours: office,
    specialties: ['fundraising', 'finance', 'strategy'],
    languages: ['en', 'sw'],
    yearsOfExperience: 9,
    basePrice: 14_000,
    currency: 'GBP',
  },
  {
    slug: 'liam-fitzgerald',
    name: 'Liam Fitzgerald',
    headline: 'Product discovery without theatre',
    bio: 'Two interviews a week beat a quarterly study. I sit in, and we rewrite your questions together.',
    location: 'New York, United States',
    timeZone: 'America/New_York',
    hours: office,
    specialties: ['product', 'research', 'design'],
    languages: ['en'],
    yearsOfExperience: 12,
    basePrice: 21_000,
    currency: 'USD',
    breaks: [{ recurring: true, day: 'wednesday', startTime: '13:00', endTime: '17:00' }],
  },
  {
    slug: 'anna-lindqvist',
    name: 'Anna Lindqvist',
    headline: 'Privacy and contracts in plain words',
    bio: 'Lawyer turned product counsel. Send the clause beforehand; you get it back readable.',
    location: 'London, United Kingdom',
    timeZone: 'Europe/London',
    hours: { ...office, start: '10:00', end: '16:00' },
    specialties: ['legal', 'privacy'],
    languages: ['en', 'sv', 'de'],
    yearsOfExperience: 18,
    basePrice: 26_000,
    currency: 'GBP',
    noticeHours: 24,
  },
  {
    slug: 'tane-walker',
    name: 'Tane Walker',
    headline: 'Pricing for agencies and studios',
    bio: 'Retainers, scope, and saying no. Most of my clients raise prices within a month of the first call.',
    location: 'Auckland, New Zealand',
    timeZone: 'Pacific/Auckland',
    hours: { ...office, start: '07:30', end: '15:30' },
    specialties: ['pricing', 'agencies', 'finance'],
    languages: ['en', 'mi'],
    yearsOfExperience: 15,
    basePrice: 19_000,
    currency: 'NZD',
  },
]

/** The working hours as the profile stores them. */
export const workingHoursOf = ({ start, end, days }: Hours) =>
  Object.fromEntries(
    weekdays.map((day) => [day, { enabled: days.includes(day), startTime: start, endTime: end }]),
  ) as NonNullable<NonNullable<ConsultantProfile['availability']>['workingHours']>
