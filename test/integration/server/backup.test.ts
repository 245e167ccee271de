import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import type pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { encryptText } from '#shared/encryption'
import { connectTo, createTestDatabase, type TestDatabase } from '../../support/database'
import { createTemporaryFolder } from '../../support/temporary-folder'

let database: TestDatabase
let db: pg.Client
let folders: { target: string; media: string; bin: string }
let parts: Awaited<ReturnType<typeof load>>

/** What reads the settings comes after they are set. */
const load = async () => {
  const [create, verify, restore, old, store, facts, check, mail, settings, unfinished, migrations, opened] =
    await Promise.all([
      import('#server/backup/create-backup'),
      import('#server/backup/verify-backup'),
      import('#server/backup/restore-backup'),
      import('#server/backup/remove-old-backups'),
      import('#server/backup/backed-up-media'),
      import('#database/facts-of-backups'),
      import('#server/check-installation'),
      import('#database/set-aside-old-mail'),
      import('#settings'),
      import('#database/unfinished-restore'),
      import('#database/run-migrations'),
      import('#server/open-database'),
    ])
  return {
    ...create,
    ...verify,
    ...restore,
    ...old,
    ...store,
    ...facts,
    ...check,
    ...mail,
    ...settings,
    ...unfinished,
    ...migrations,
    ...opened,
  }
}

/** pg_dump and pg_restore as this machine may not have them. */
const standIn = async (folder: string, version = '99.1'): Promise<void> => {
  await mkdir(folder, { recursive: true })
  for (const tool of ['pg_dump', 'pg_restore']) {
    const script = path.resolve('test/support/stand-in-pg-tool.mjs')
    await writeFile(
      path.join(folder, tool),
      `#!/bin/sh\nSTAND_IN_VERSION=${version} exec "${process.execPath}" "${script}" ${tool} "$@"\n`,
    )
    await chmod(path.join(folder, tool), 0o755)
  }
}

const writePictures = (...names: string[]) =>
  Promise.all(names.map((name) => writeFile(path.join(folders.media, name), `picture ${name}`)))

const take = async (options: { withoutMedia?: boolean; withoutKeys?: boolean; target?: string } = {}) =>
  parts.createBackup(database.url, { target: folders.target, media: await parts.openBackedUpMedia(), ...options })

/** A copy that may be damaged. */
const copyOf = async (folder: string): Promise<string> => {
  const copy = path.join(await createTemporaryFolder(), path.basename(folder))
  await cp(folder, copy, { recursive: true })
  return copy
}

beforeAll(async () => {
  const [target, media, bin] = await Promise.all([1, 2, 3].map(() => createTemporaryFolder()))
  folders = { target: target ?? '', media: media ?? '', bin: bin ?? '' }
  await standIn(folders.bin)
  const identity = await generateX25519Identity()
  await writeFile(path.join(folders.bin, 'identity.txt'), `# created by age-keygen\n${identity}\n`)
  await standIn(path.join(folders.bin, 'old'), '9.6.24')
  database = await createTestDatabase()
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    MEDIA_DIR: folders.media,
    POSTGRES_BIN_DIR: folders.bin,
    BACKUP_RECIPIENTS: await identityToRecipient(identity),
    BACKUP_IDENTITY_FILE: path.join(folders.bin, 'identity.txt'),
    SERVER_URL: 'https://parley.example',
  })
  parts = await load()
  db = await connectTo(database)
  await writePictures('a.jpg', 'a-160.jpg', 'gone.jpg', 'nobodys.jpg')
  await db.query(`
    INSERT INTO media (id, alt, filename, sizes_thumbnail_filename)
    VALUES (gen_random_uuid(), 'A', 'a.jpg', 'a-160.jpg'), (gen_random_uuid(), 'B', 'lost.jpg', NULL)`)
  await db.query(`INSERT INTO parley.idempotency_keys (id, fingerprint, answer) VALUES ('one', 'f', $1)`, [
    encryptText('{}', parts.settings.encryptionKeys, 'idempotency:one'),
  ])
})

describe('a backup', () => {
  it('holds one moment of the database, the pictures that it names, and a sealed key ring', async () => {
    const { folder, manifest } = await take()
    expect(manifest.media).toMatchObject({ store: 'local', copied: true, missing: ['lost.jpg'] })
    expect((await readdir(path.join(folder, 'media'))).sort()).toEqual(['a-160.jpg', 'a.jpg'])
    expect(manifest.database.rows).toMatchObject({ 'public.media': 2 })
    expect(manifest.database.rows).not.toHaveProperty('parley.rate_limits')
    expect(manifest.database.migrations.length).toBeGreaterThan(20)
    const everything = await Promise.all(
      ['manifest.json', 'database.dump', 'keys.age'].map((name) => readFile(path.join(folder, name), 'latin1')),
    )
    const secret = parts.settings.payloadSecret
    expect(everything.filter((text) => text.includes(secret))).toEqual([])
    expect(await parts.showKeys(folder)).toContain(`PAYLOAD_SECRET='${secret}'\n`)
    expect(await parts.verifyBackup(folder)).toMatchObject({ faults: [], keys: expect.stringContaining(secret) })
    const { rows } = await db.query(
      `SELECT extract(epoch FROM now() - updated_at) < 60 AS fresh FROM parley.facts WHERE key = 'last_backup'`,
    )
    expect(rows).toEqual([{ fresh: true }])
    await rm(folder, { recursive: true })
  })

  it.each([
    [
      'a changed picture',
      async (folder: string) => writeFile(path.join(folder, 'media/a.jpg'), 'PICTURE a.jpg'),
      'a.jpg was changed: its checksum differs.',
    ],
    [
      'a shorter dump',
      async (folder: string) => writeFile(path.join(folder, 'database.dump'), 'x'),
      'database.dump has 1 bytes, not ',
    ],
    ['a missing key ring', async (folder: string) => rm(path.join(folder, 'keys.age')), 'keys.age is missing.'],
    [
      'a strange file',
      async (folder: string) => writeFile(path.join(folder, 'media/b.jpg'), 'b'),
      'media/b.jpg is not of this backup.',
    ],
  ])('with %s is found out, and not restored', async (_, damage, fault) => {
    const { folder } = await take()
    const copy = await copyOf(folder)
    await rm(folder, { recursive: true })
    await damage(copy)
    expect((await parts.verifyBackup(copy)).faults.join()).toContain(fault)
    const empty = await createTestDatabase({ empty: true })
    const restored = parts.restoreBackup(empty.url, { folder: copy, media: await parts.openBackedUpMedia() })
    await expect(restored).rejects.toThrow(/^The backup is damaged: .* Nothing was restored\.$/)
  })

  it('is not taken without the programs that it needs, and leaves nothing behind', async () => {
    const { findPostgresTool, requireAsNewAs } = await import('#server/backup/postgres-tools')
    await expect(findPostgresTool('pg_dump', '/nonexistent')).rejects.toThrow(
      "pg_dump is not in /nonexistent (POSTGRES_BIN_DIR): install PostgreSQL's client programs (Debian: postgresql-client)",
    )
    const old = await findPostgresTool('pg_dump', path.join(folders.bin, 'old'))
    expect(() => requireAsNewAs(old, { version: '15.4', major: 15 })).toThrow(
      'This pg_dump is of PostgreSQL 9.6.24 and cannot read a server of 15.4: install the client programs of PostgreSQL 15 or newer',
    )
    expect(() => requireAsNewAs(old, { version: '9.2', major: 9 })).not.toThrow()
    await rename(path.join(folders.bin, 'pg_dump'), path.join(folders.bin, 'away'))
    await expect(take()).rejects.toThrow(/^pg_dump is not in /)
    await rename(path.join(folders.bin, 'away'), path.join(folders.bin, 'pg_dump'))
    expect(await readdir(folders.target)).toEqual([])
  })

  it('goes into a folder that is there, or into a new one beside others; everything else is said in one line', async () => {
    const outside = await createTemporaryFolder()
    const { folder } = await take({ target: path.join(outside, 'new'), withoutMedia: true, withoutKeys: true })
    expect(path.dirname(folder)).toBe(path.join(outside, 'new'))
    await writeFile(path.join(outside, 'file'), '')
    for (const [target, line] of [
      ['/proc/nope', 'The folder /proc/nope cannot be made (ENOENT): /proc has to be there, and this account'],
      [path.join(outside, 'a/b'), `The folder ${outside}/a/b cannot be made (ENOENT): ${outside}/a has to be there`],
      [path.join(outside, 'file'), `${outside}/file is a file: name a folder for the backups.`],
      [path.join(outside, 'file/a'), `The folder ${outside}/file/a cannot be made (ENOTDIR)`],
    ] as const) {
      const refused = expect(take({ target, withoutMedia: true, withoutKeys: true })).rejects
      await refused.toMatchObject({ name: 'StartError', message: expect.stringContaining(line) })
    }
    expect((await readdir(outside)).sort()).toEqual(['file', 'new'])
  })

  it('removes what killed runs have left, and nothing of one that lives', async () => {
    const target = await createTemporaryFolder()
    const ended = spawnSync(process.execPath, ['--version']).pid
    const put = async (day: string, run: object, at = new Date()) => {
      const folder = path.join(target, `parley-2026-01-${day}T00-00-00Z.partial`)
      await mkdir(folder)
      await writeFile(path.join(folder, 'run.json'), JSON.stringify(run))
      await utimes(folder, at, at)
    }
    await put('01', { host: hostname(), pid: ended })
    await put('02', { host: hostname(), pid: process.pid })
    await put('03', { host: 'elsewhere.example', pid: ended })
    await put('04', { host: 'elsewhere.example', pid: ended }, new Date(0))
    await put('05', {})
    const { folder, removed } = await take({ target, withoutMedia: true, withoutKeys: true })
    expect(removed).toEqual(['parley-2026-01-01T00-00-00Z.partial', 'parley-2026-01-04T00-00-00Z.partial'])
    expect((await readdir(target)).filter((name) => name.endsWith('.partial'))).toHaveLength(3)
    expect(await readdir(folder)).not.toContain('run.json')
  })

  it('whose manifest was changed is found out; where that cannot be told, it says so', async () => {
    const { folder } = await take()
    const file = path.join(folder, 'manifest.json')
    const text = await readFile(file, 'utf8')
    const { settings } = parts
    const changed = { faults: ['manifest.json was changed: its seal is of another one.'], notes: [] }
    expect(await parts.verifyBackup(folder)).toMatchObject({ faults: [], notes: [] })
    await writeFile(file, text.replace(/"takenAt": "\d{4}/, '"takenAt": "2020'))
    expect(await parts.verifyBackup(folder)).toMatchObject(changed)
    // Another machine has other settings: there the key ring tells, or nothing does.
    const { payloadSecret, backup } = settings
    Object.assign(settings, { payloadSecret: 'another-secret-of-another-machine-0123456789' })
    expect(await parts.verifyBackup(folder)).toMatchObject(changed)
    Object.assign(settings, { backup: { ...backup, identityFile: undefined } })
    expect(await parts.verifyBackup(folder)).toMatchObject({
      faults: [],
      notes: [expect.stringContaining('Whether manifest.json was changed cannot be told')],
    })
    Object.assign(settings, { payloadSecret, backup })
    await rm(path.join(folder, 'manifest.mac'))
    expect(await parts.verifyBackup(folder)).toMatchObject({
      faults: [],
      notes: [expect.stringContaining('The backup has no manifest.mac')],
    })
    await rm(folder, { recursive: true })
  })

  it('whose manifest breaks off or leads elsewhere is said to be so in one line', async () => {
    const { folder } = await take({ withoutKeys: true })
    const file = path.join(folder, 'manifest.json')
    const text = await readFile(file, 'utf8')
    const rejected = () => expect(parts.verifyBackup(folder)).rejects
    await writeFile(file, text.slice(0, text.length / 2))
    await rejected().toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/manifest\.json is damaged: it breaks off or is no JSON\./),
    })
    await writeFile(file, text.replace('"name": "a.jpg"', '"name": "../../../etc/passwd"'))
    await rejected().toMatchObject({
      name: 'StartError',
      message: '"../../../etc/passwd" is no name of a file of a backup.',
    })
    await rm(folder, { recursive: true })
  })

  it('--keep removes the oldest of this installation, and nothing else', async () => {
    const target = await createTemporaryFolder()
    const { folder } = await take({ target, withoutMedia: true, withoutKeys: true })
    const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as Record<string, unknown>
    const put = async (name: string, said: unknown) => {
      await mkdir(path.join(target, name))
      await writeFile(path.join(target, name, 'manifest.json'), JSON.stringify(said))
    }
    await put('parley-2026-01-01T00-00-00Z', manifest)
    await put('parley-2026-01-02T00-00-00Z', { ...manifest, serverUrl: 'https://other.example' })
    await put('parley-2026-01-03T00-00-00Z', manifest)
    await put('holiday-pictures', {})
    expect(await parts.removeOldBackups(target, 2)).toEqual(['parley-2026-01-01T00-00-00Z'])
    expect((await readdir(target)).sort()).toEqual(
      ['holiday-pictures', 'parley-2026-01-02T00-00-00Z', 'parley-2026-01-03T00-00-00Z', path.basename(folder)].sort(),
    )
  })
})

describe('the key ring', () => {
  it('opens with the passphrase that it was sealed with, and with no other', async () => {
    const { openKeys, sealKeys } = await import('#server/backup/sealed-keys')
    const { backup } = parts.settings
    const withPassphrase = (passphrase: string) =>
      Object.assign(parts.settings, { backup: { recipients: [], passphrase, identityFile: undefined } })
    withPassphrase('four words and a number 7')
    const sealed = (await sealKeys('A=1\n')) ?? new Uint8Array()
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('A=1')
    expect(await openKeys(sealed)).toBe('A=1\n')
    withPassphrase('four words and a number 8')
    await expect(openKeys(sealed)).rejects.toThrow('The key ring of the backup does not open with BACKUP_PASSPHRASE')
    Object.assign(parts.settings, { backup: { recipients: [], passphrase: undefined, identityFile: undefined } })
    await expect(take()).rejects.toThrow('For whom is the key ring? Set BACKUP_RECIPIENTS')
    Object.assign(parts.settings, { backup: { ...backup, recipients: ['age1nonsense'] } })
    await expect(take()).rejects.toThrow('BACKUP_RECIPIENTS: one of them is no public key of age')
    Object.assign(parts.settings, { backup })
  })
})

describe('a restore', () => {
  it('refuses a database that holds something, and a backup of a newer version', async () => {
    const { folder } = await take({ withoutMedia: true })
    const media = await parts.openBackedUpMedia()
    await expect(parts.restoreBackup(database.url, { folder, media })).rejects.toThrow(
      new RegExp(`^${database.name} is not empty \\(.*\\): a backup is restored into an empty database\\.`),
    )
    const file = path.join(folder, 'manifest.json')
    const text = await readFile(file, 'utf8')
    const manifest = JSON.parse(text) as { database: { migrations: string[] } }
    manifest.database.migrations.push('29990101_000000_flying_cars')
    await writeFile(file, JSON.stringify(manifest))
    await rm(path.join(folder, 'manifest.mac'))
    await expect(parts.restoreBackup(database.url, { folder, media })).rejects.toThrow(
      'this checkout does not know 29990101_000000_flying_cars. Check the version out that took it.',
    )
    await rm(folder, { recursive: true })
  })

  it('brings everything back, and holds the workers until they are released', async () => {
    const { folder, manifest } = await take()
    const empty = await createTestDatabase({ empty: true })
    const media = await parts.openBackedUpMedia()
    await rm(path.join(folders.media, 'a.jpg'))
    await writeFile(path.join(folders.media, 'a-160.jpg'), 'another')
    await expect(parts.restoreBackup(empty.url, { folder, media })).rejects.toThrow('has another a-160.jpg')
    await rm(path.join(folders.media, 'a-160.jpg'))

    const { pending, warnings } = await parts.restoreBackup(empty.url, { folder, media })
    expect({ pending, warnings }).toEqual({
      pending: [],
      warnings: ['1 pictures were missing when it was taken: lost.jpg.'],
    })
    expect(await readFile(path.join(folders.media, 'a.jpg'), 'utf8')).toBe('picture a.jpg')
    const restored = await connectTo(empty)
    expect(await parts.findRestoredHold(restored)).toMatchObject({ takenAt: manifest.takenAt })
    // Documents have numbers of their own from here on; where nothing was lost they go on.
    const renewed = `SELECT value ->> 'restoredAt' AS at FROM parley.facts WHERE key = 'restored_numbers'`
    const hold = await parts.findRestoredHold(restored)
    expect((await restored.query(renewed)).rows).toEqual([{ at: hold?.restoredAt }])
    const moved = await createTestDatabase({ empty: true })
    await parts.restoreBackup(moved.url, { folder, media, sameNumbers: true })
    expect((await (await connectTo(moved)).query(renewed)).rows).toEqual([])

    const { settings } = parts
    Object.assign(settings, { databaseUrl: empty.url })
    await expect(parts.requireReleased()).rejects.toThrow(
      `This database was restored from a backup of ${manifest.takenAt}, and nobody has compared it with Stripe yet: run \`npm run restore:release\``,
    )
    await parts.endRestoredHold(restored)
    await parts.requireReleased()
    Object.assign(settings, { databaseUrl: database.url })
    await rm(folder, { recursive: true })
  })

  it('whose connections are cut while pg_restore is at work ends as any other', async () => {
    const { folder } = await take({ withoutMedia: true })
    // Of an older version, whose manifest nothing seals: what it lacks is seen in the database.
    const file = path.join(folder, 'manifest.json')
    const entry = /\{\s*"name": "a-160\.jpg"\s*\},?/
    const text = await readFile(file, 'utf8')
    expect(text).toMatch(entry)
    await writeFile(file, text.replace(entry, ''))
    await rm(path.join(folder, 'manifest.mac'))
    const empty = await createTestDatabase({ empty: true })
    vi.stubEnv('STAND_IN_THROWS_OUT', '1')
    const { warnings } = await parts.restoreBackup(empty.url, { folder, media: await parts.openBackedUpMedia() })
    vi.unstubAllEnvs()
    expect(warnings).toEqual([
      expect.stringContaining('The backup has no manifest.mac'),
      expect.stringContaining('The backup holds no pictures'),
      '1 pictures that the database names are not in the backup: a-160.jpg.',
    ])
    const restored = await connectTo(empty)
    expect(await parts.findRestoredHold(restored)).toBeDefined()
    expect(await parts.isRestoring(restored)).toBe(false)
    await rm(folder, { recursive: true })
  })

  it('that was interrupted leaves a database on which nothing starts, however whole it is', async () => {
    const { folder } = await take({ withoutMedia: true })
    const media = await parts.openBackedUpMedia()
    const empty = await createTestDatabase({ empty: true })
    const refusal =
      'A restore into this database was interrupted, or is not over yet. If none is running, drop the database, create it again and restore anew.'
    vi.stubEnv('STAND_IN_FAILS', '1')
    const interrupted = parts.restoreBackup(empty.url, { folder, media })
    await expect(interrupted).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/^pg_restore failed: .*drop the database, create it again and restore anew\.$/),
    })
    vi.unstubAllEnvs()
    const left = await connectTo(empty)
    expect((await left.query('SELECT FROM media')).rowCount).toBe(2)

    const { settings } = parts
    Object.assign(settings, { databaseUrl: empty.url, databaseDirectUrl: empty.url })
    await expect(parts.checkInstallation()).rejects.toThrow(refusal)
    Object.assign(settings, { databaseUrl: database.url, databaseDirectUrl: database.url })
    await expect(parts.requireMigrations(empty.url)).rejects.toThrow(refusal)
    await expect(parts.runMigrations(empty.url)).rejects.toThrow(refusal)
    await expect(parts.restoreBackup(empty.url, { folder, media })).rejects.toThrow(refusal)
    await expect(parts.createBackup(empty.url, { target: folders.target, media })).rejects.toThrow(refusal)

    // Also where pg_restore had not committed anything yet.
    const begun = await createTestDatabase({ empty: true })
    await parts.markRestoring(await connectTo(begun))
    await expect(parts.restoreBackup(begun.url, { folder, media })).rejects.toThrow(refusal)
    await rm(folder, { recursive: true })
  })

  it('of long ago sets aside what may have been sent since; younger news stays', async () => {
    await db.query('SET session_replication_role = replica')
    await db.query(`
      INSERT INTO notifications (id, type, title, message, delivery_state, delivery_channel, created_at)
      SELECT gen_random_uuid(), (enum_range(NULL::enum_notifications_type))[1], 'T', 'M', 'queued', 'email', now() - age
      FROM unnest(ARRAY[interval '3 days', interval '1 hour']) AS age`)
    await db.query(`SELECT graphile_worker.add_job('deliver-mail', '{}')`)
    await db.query(`UPDATE graphile_worker._private_jobs SET created_at = now() - interval '3 days'`)
    const takenAt = new Date(Date.now() - 2 * 86_400_000).toISOString()
    expect(await parts.setAsideOldMail(db, takenAt)).toEqual({ messages: 1, loginMails: 1 })
    const { rows } = await db.query(
      'SELECT delivery_state AS state, delivery_error AS error FROM notifications ORDER BY created_at',
    )
    expect(rows).toEqual([
      { state: 'failed', error: expect.stringContaining('may have gone out before that was restored') },
      { state: 'queued', error: null },
    ])
    expect((await db.query('SELECT FROM graphile_worker.jobs')).rowCount).toBe(0)
  })
})
