import { describe, expect, it } from 'vitest'
import { computeTotpStep, computeTotpUri } from '#accounts/second-factor/compute-totp-step'

/** The secret of RFC 6238, appendix B, in base32; its codes for SHA-1, of which apps show the last six digits. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const vectors = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const

describe('the code of an authenticator app', () => {
  it.each(vectors)('at second %i is that of RFC 6238', (second, code) => {
    expect(computeTotpStep(secret, code.slice(2), second * 1_000)).toBe(Math.floor(second / 30))
  })

  it('is taken one step early and one late, and is of its own step then', () => {
    const at = 1_234_567_890
    const step = Math.floor(at / 30)
    for (const off of [-1, 0, 1]) expect(computeTotpStep(secret, '005924', (at + off * 30) * 1_000)).toBe(step)
    for (const off of [-2, 2]) expect(computeTotpStep(secret, '005924', (at + off * 30) * 1_000)).toBeUndefined()
  })

  it.each(['', '5924', '0005924', '005925', 'abcdef', '00592４'])('is not %j', (code) => {
    expect(computeTotpStep(secret, code, 1_234_567_890_000)).toBeUndefined()
  })

  it('is set up by an address that apps read', () => {
    const uri = computeTotpUri(secret, { issuer: 'booking.example', label: 'ada@example.com' })
    expect(uri).toBe(
      `otpauth://totp/booking.example:ada%40example.com?issuer=booking.example&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    )
  })
})
