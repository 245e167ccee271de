import { expect, it } from 'vitest'
import { computeDeviceName } from '#accounts/compute-device-name'

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on iPhone',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0',
    'Microsoft Edge on macOS',
  ],
  ['curl/8.5.0', 'curl'],
  ['node', 'node'],
  ['<script>', null],
  ['x'.repeat(400), 'x'.repeat(40)],
  ['', null],
  [null, null],
])('%s is %s', (userAgent, name) => expect(computeDeviceName(userAgent)).toBe(name))
