import { expect, it } from 'vitest'
import { isReturnAddress } from '#endpoints/support/return-address'

const origins = ['https://book.example', 'http://localhost:3000', 'https://shop.example:8443/']

it.each([
  'https://book.example',
  'https://book.example/',
  'https://book.example/thanks?of=1#top',
  'https://book.example?checkout={CHECKOUT_SESSION_ID}',
  'HTTPS://BOOK.example:443/thanks',
  'http://localhost:3000/booking/PY-7KQ2M9XB',
  'https://shop.example:8443/back',
])('leads back to %s', (address) => {
  expect(isReturnAddress(address, origins)).toBe(true)
})

it.each([
  '',
  '/cards',
  '//evil.example',
  '//book.example',
  '\\\\evil.example',
  'https:evil.example',
  'https:/\\evil.example',
  'https://evil.example',
  'https://book.example@evil.example/',
  'https://book.example:pass@evil.example/',
  'https://user@book.example/',
  'https://book.example\\@evil.example/',
  'https://evil.example\\.book.example/',
  'https://book.example:444/',
  'http://book.example/',
  'https://shop.example/',
  'https://book.example.evil.example/',
  'https://evilbook.example/',
  'https://book.example./',
  'https://xn--book-.example/',
  'https://bооk.example/',
  'https://book.example/\nhttps://evil.example',
  ' https://book.example/',
  'https://book.example\t/',
  'javascript:alert(1)',
  'javascript://book.example/%0Aalert(1)',
  'data:text/html,hi',
  'ftp://book.example/',
  'null',
])('does not lead to %j', (address) => {
  expect(isReturnAddress(address, origins)).toBe(false)
})
