import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { Readable } from 'node:stream'
import { callProvider, type Settled } from '#providers/call-provider'
import type { ProviderVerdict } from '#providers/provider-call'
import type { Settings } from '#settings'
import { filesOfPage, type MediaStore, MediaStoreError } from './media-store'

/** A request that somebody waits for is not kept waiting for long. */
const connectionTimeout = 2_000
const requestTimeout = 6_000
const maxAttempts = 2

/** Whoever is sent a picture may read slowly, and S3 waits for that. */
const socketTimeout = 60_000

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined

const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound')

/** Its own words may hold the names of keys and hosts. */
const explain = (error: unknown): string => {
  if (!(error instanceof S3ServiceException)) return 'S3 could not be reached.'
  if (error.name === 'NoSuchBucket') return 'S3 has no such bucket.'
  const status = statusOf(error)
  if (status === 403 || status === 401)
    return `S3 does not take the credentials, or they may not do that (${error.name}).`
  return `S3 answered ${status ?? 'nothing that can be read'} (${error.name}).`
}

const judge = (settled: Settled<unknown>): ProviderVerdict => {
  if (!('error' in settled) || isMissing(settled.error)) return { outcome: 'ok' }
  return { outcome: 'failed', reason: explain(settled.error) }
}

/** Media in a bucket of S3, or of whatever speaks its protocol. */
export const createS3Store = (s3: NonNullable<Settings['s3']>): MediaStore => {
  const { bucket: Bucket, prefix } = s3
  const client = new S3Client({
    region: s3.region,
    ...(s3.endpoint ? { endpoint: s3.endpoint } : {}),
    // Without keys the SDK looks for them where the machine has them: a role, a profile, the environment.
    ...(s3.credentials ? { credentials: s3.credentials } : {}),
    forcePathStyle: s3.forcePathStyle,
    requestChecksumCalculation: s3.requestChecksums,
    responseChecksumValidation: s3.requestChecksums,
    maxAttempts,
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true, socketTimeout },
  })
  const keyOf = (name: string) => prefix + name

  const call = async <T>(operation: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await callProvider<T>({ provider: 's3', operation, judge }, run)
    } catch (error) {
      if (isMissing(error)) throw error
      throw new MediaStoreError(explain(error), { cause: error })
    }
  }

  /** `run`, or undefined where there is no such object. */
  const unlessMissing = async <T>(operation: string, run: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await call(operation, run)
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  return {
    kind: 's3',
    put: async (name, content, ContentType) => {
      const Key = keyOf(name)
      await call('objects.put', () =>
        client.send(new PutObjectCommand({ Bucket, Key, Body: content, ContentLength: content.length, ContentType })),
      )
    },
    open: async (name, range) => {
      const Range = range && `bytes=${range.start}-${range.end}`
      const found = await unlessMissing('objects.get', () =>
        client.send(new GetObjectCommand({ Bucket, Key: keyOf(name), Range })),
      )
      if (!found) return undefined
      if (!(found.Body instanceof Readable)) throw new MediaStoreError('S3 answered without a content.')
      return found.Body
    },
    sizeOf: async (name) => {
      const found = await unlessMissing('objects.head', () =>
        client.send(new HeadObjectCommand({ Bucket, Key: keyOf(name) })),
      )
      return found?.ContentLength
    },
    remove: async (name) => {
      await unlessMissing('objects.delete', () => client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(name) })))
    },
    list: async (after) => {
      const found = await call('objects.list', () =>
        client.send(
          new ListObjectsV2Command({
            Bucket,
            Prefix: prefix,
            // What lies below another folder is not ours.
            Delimiter: '/',
            MaxKeys: filesOfPage,
            ...(after === undefined ? {} : { StartAfter: keyOf(after) }),
          }),
        ),
      )
      const files = (found.Contents ?? []).flatMap(({ Key, Size, LastModified }) =>
        Key === undefined || !LastModified || Key === prefix
          ? []
          : [{ name: Key.slice(prefix.length), size: Size ?? 0, modifiedAt: LastModified.getTime() }],
      )
      const last = [found.Contents?.at(-1)?.Key, found.CommonPrefixes?.at(-1)?.Prefix].filter(
        (key) => key !== undefined,
      )
      return { files, next: found.IsTruncated ? last.sort().at(-1)?.slice(prefix.length) : undefined }
    },
  }
}
