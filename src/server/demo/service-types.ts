import type { ServiceType } from '#payload-types'

/** What the demo sells; `by` names the consultants who offer it, all of them when it is left out. */
export type DemoServiceType = Pick<ServiceType, 'name' | 'durations' | 'defaultDurationMinutes'> &
  Partial<ServiceType> & { slug: string; text: string; by?: readonly string[] }

export const demoServiceTypes: readonly DemoServiceType[] = [
  {
    slug: 'quick-call',
    name: 'Quick call',
    text: 'One question, one answer. Ten or twenty minutes with somebody who has seen it before.',
    durations: [10, 20],
    defaultDurationMinutes: 10,
    prices: [
      { durationMinutes: 10, amount: 2_500, currency: 'GBP' },
      { durationMinutes: 20, amount: 4_500, currency: 'GBP' },
    ],
    intakeQuestions: [
      { key: 'company_size', label: 'How many people work in your company?', type: 'number', required: false },
      {
        key: 'area',
        label: 'What is it about?',
        type: 'select',
        required: false,
        options: [
          { value: 'pricing', label: 'Pricing' },
          { value: 'growth', label: 'Growth' },
          { value: 'hiring', label: 'Hiring' },
          { value: 'other', label: 'Something else' },
        ],
      },
    ],
    by: ['amara-okafor', 'priya-raman', 'grace-njeri', 'anna-lindqvist'],
    sortOrder: 1,
  },
  {
    slug: 'strategy-session',
    name: 'Strategy session',
    text: 'A working session with an agenda, and a page of notes afterwards.',
    durations: [30, 60, 90],
    defaultDurationMinutes: 60,
    cancellationPolicy: { refundableBeforeHours: 48, refundPercentage: 100, lateRefundPercentage: 50 },
    bufferAfterMinutes: 10,
    by: [
      'amara-okafor',
      'jonas-weber',
      'priya-raman',
      'mia-thompson',
      'catalina-rojas',
      'omar-hassan',
      'diego-alvarez',
      'grace-njeri',
      'liam-fitzgerald',
      'tane-walker',
    ],
    sortOrder: 2,
  },
  {
    slug: 'introduction',
    name: 'Introduction',
    text: 'Fifteen minutes to find out whether you can help each other. At no charge.',
    durations: [15],
    defaultDurationMinutes: 15,
    isFree: true,
    sortOrder: 3,
  },
  {
    slug: 'mentoring',
    name: 'Mentoring',
    text: 'For people who want to come back. The expert reads what you write and says yes or no to each booking.',
    durations: [45],
    defaultDurationMinutes: 45,
    requiresConfirmation: true,
    by: ['jonas-weber', 'mia-thompson', 'liam-fitzgerald', 'anna-lindqvist'],
    sortOrder: 4,
  },
  {
    slug: 'japan-briefing',
    name: 'Japan briefing',
    text: 'Before your first meeting in Tokyo: who decides, what they read, what to bring.',
    durations: [60],
    defaultDurationMinutes: 60,
    prices: [{ durationMinutes: 60, amount: 24_000, currency: 'JPY' }],
    by: ['haruka-sato'],
    sortOrder: 5,
  },
  {
    slug: 'incident-review',
    name: 'Incident review',
    text: 'We read the timeline together and leave with three changes worth making.',
    durations: [60],
    defaultDurationMinutes: 60,
    bufferBeforeMinutes: 15,
    bufferAfterMinutes: 15,
    by: ['diego-alvarez', 'priya-raman'],
    sortOrder: 6,
  },
]
