import { domainEvents } from '#all-domain-events'

/** The page docs/generated/events.md. */
export const renderEvents = (): string =>
  [
    '# Events',
    '',
    '<!-- Written by `npm run generate` from what the features announce. Do not edit. -->',
    '',
    'What can be followed by `on` of `parley(options)`. Each is announced once, in the transaction in which it happens, whichever way',
    'it came about. What it says (ids and references) stands in `DomainEvents` of the feature.',
    '',
    '| event | what has happened |',
    '|---|---|',
    ...Object.entries(domainEvents).map(([name, text]) => `| \`${name}\` | ${text} |`),
    '',
  ].join('\n')
