import fc from 'fast-check'

const texts: readonly string[] = [
  ...['', ' ', '0', '-1', '1e9', '1.5', 'null', 'undefined', 'NaN', 'true', '[]', '{}', '[object Object]'],
  ...['\u0000', 'a\u0000b', '\r\nX-Added: 1', '\t', '\u007f', '\u200b', '\u202e', '\ufeff', '\ud83d', '\u{e0041}'],
  ...["'", '"', '`', '\\', "' OR '1'='1", "'; DROP TABLE users; --", '%', '_', '%25', '%00', '$1', '${7*7}', '{{7*7}}'],
  ...[
    '../../../etc/passwd',
    '..%2f..%2f',
    '/',
    '.',
    '..',
    'C:\\',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '//x.example',
  ],
  ...['<script>alert(1)</script>', '=1+1', '@SUM(A1)', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
  ...[
    '2026-02-30',
    '0000-00-00',
    '9999-12-31T23:59:60Z',
    '+275760-09-13T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '2026-12-01',
  ],
  ...[
    '00000000-0000-0000-0000-000000000000',
    '019386b0-0000-7000-8000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ],
  ...[
    'Europe/Berlin',
    'Mars/Olympus',
    '+25:00',
    'http://169.254.169.254/',
    'http://localhost:1/',
    'a@b',
    'a@b.example',
  ],
  ...['é'.normalize('NFD'), '👩‍💻', 'ß', 'İ', '\u0600', 'x'.repeat(300), 'x'.repeat(5_000), '9'.repeat(400)],
]

const numbers: readonly number[] = [
  ...[0, -0, -1, 1, 1.5, 1e21, -1e21, 2 ** 31, 2 ** 31 - 1, -(2 ** 31) - 1, 2 ** 53, 2 ** 63, 1e-7, 1e308],
]

/** What no field is made for, and some that many are. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
)

/** Any JSON, also where another kind of it belongs. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...numbers) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { $ne: null }, { in: [] }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
)

/** Bodies that are no JSON, or none of ours. */
export const hostileBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '{', '{"a":', '[]', '"x"', '7', 'null', 'true', '{"a":1}{"b":2}', '\u0000', 'a=b&c=d', '<a/>'],
    ...['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{}}}', '{"a":1e999}', '{"\\ud800":1}'],
    `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
    `{"a":"${'x'.repeat(300_000)}"}`,
  ),
  fc.string({ maxLength: 60 }),
)

/** Headers that programs read, with what they do not expect. */
export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { 'Content-Type': 'text/plain' },
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      { 'Content-Type': 'multipart/form-data' },
      { 'Content-Type': 'multipart/form-data; boundary=x' },
      { 'Content-Type': 'application/json; charset=utf-16' },
      { 'Content-Type': '\u00e9/;;' },
      { Accept: 'text/html' },
      { Accept: 'application/xml;q=x' },
      { 'Accept-Language': '*;q=0,de;q=9,\u00ff' },
      { 'Idempotency-Key': '' },
      { 'Idempotency-Key': 'k'.repeat(256) },
      { 'Idempotency-Key': 'same' },
      { 'If-None-Match': '*' },
      { Range: 'bytes=9-1,0-' },
      { Cookie: 'payload-token=; payload-token=x; =; a' },
      { Cookie: 'payload-token=%E0%A4%A' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'X-Forwarded-For': '::ffff:1.2.3.4, x, "' },
      { 'X-HTTP-Method-Override': 'DELETE' },
      { 'X-Payload-HTTP-Method-Override': 'GET' },
      { 'X-Request-Id': '../../x' },
      { traceparent: '00-x-y-zz' },
      { Purpose: 'prefetch' },
      { 'X-Wrong': 'a\tb' },
    ),
  },
)
