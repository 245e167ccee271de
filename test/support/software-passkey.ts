import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

type Asked = { challenge: string }
type Wrong = Partial<{ origin: string; host: string; isUserVerified: boolean; counter: number }>

const sha256 = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest()
const encode = (bytes: Buffer): string => bytes.toString('base64url')

/** CBOR of as much as keys say. */
const cbor = (value: number | string | Buffer | Map<number | string, unknown>): Buffer => {
  const head = (major: number, size: number): Buffer =>
    size < 24
      ? Buffer.from([(major << 5) | size])
      : size < 256
        ? Buffer.from([(major << 5) | 24, size])
        : Buffer.from([(major << 5) | 25, size >> 8, size & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const pairs = [...value].flatMap(([key, one]) => [cbor(key), cbor(one as Parameters<typeof cbor>[0])])
  return Buffer.concat([head(5, value.size), ...pairs])
}

/** A key as a browser would use it, in memory: it does as it is told, also what a real one would refuse. */
export const createSoftwarePasskey = ({ origin, host }: { origin: string; host: string }) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const coordinates = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')] as const
  const coseKey = cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, coordinates[0]],
      [-3, coordinates[1]],
    ]),
  )
  let count = 0

  const clientData = (type: string, { challenge }: Asked, wrong: Wrong): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: wrong.origin ?? origin, crossOrigin: false }))
  const authenticatorData = (wrong: Wrong, attested?: Buffer): Buffer => {
    const flags = 1 | (wrong.isUserVerified === false ? 0 : 4) | (attested ? 64 : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(wrong.counter ?? ++count)
    return Buffer.concat([sha256(wrong.host ?? host), Buffer.from([flags]), counter, attested ?? Buffer.alloc(0)])
  }
  const described = { id: encode(id), rawId: encode(id), type: 'public-key' }

  return {
    make: (asked: Asked, wrong: Wrong = {}) => {
      const size = Buffer.from([0, id.length])
      const attested = Buffer.concat([Buffer.alloc(16), size, id, coseKey])
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authenticatorData(wrong, attested)],
      ])
      return {
        ...described,
        response: {
          clientDataJSON: encode(clientData('webauthn.create', asked, wrong)),
          attestationObject: encode(cbor(attestation)),
          transports: ['internal'],
        },
      }
    },
    sign: (asked: Asked, wrong: Wrong = {}) => {
      const data = clientData('webauthn.get', asked, wrong)
      const authenticator = authenticatorData(wrong)
      return {
        ...described,
        response: {
          clientDataJSON: encode(data),
          authenticatorData: encode(authenticator),
          signature: encode(sign('sha256', Buffer.concat([authenticator, sha256(data)]), privateKey)),
        },
      }
    },
  }
}
