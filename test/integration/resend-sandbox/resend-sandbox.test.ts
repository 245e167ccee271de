import { mkdtempSync, appendFileSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OutgoingMail } from '#notifications/channels/email/outgoing-mail'
import { createResendGateway } from '#notifications/channels/email/resend/resend-gateway'
import { type ResendSandbox, startResendSandbox } from '#sandbox/resend/start-resend-sandbox'

let sandbox: ResendSandbox
beforeAll(async () => {
  sandbox = await startResendSandbox({ port: 0, apiKey: 're_test' })
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.clear())

const mail: OutgoingMail = {
  to: 'jo@example.com',
  subject: 'Confirmed: “Pricing” & more',
  html: '<p>Hello</p>',
  text: 'Hello',
  attachments: [
    {
      filename: 'invitation.ics',
      content: 'BEGIN:VCALENDAR\r\nSUMMARY:Grüße\r\nEND:VCALENDAR\r\n',
      contentType: 'text/calendar; charset=utf-8; method=REQUEST',
    },
  ],
  headers: { 'Auto-Submitted': 'auto-generated' },
  tags: { kind: 'booking_confirmation' },
  idempotencyKey: 'notification/1',
}

const gateway = (options: { apiKey?: string; baseUrl?: string; timeoutMs?: number } = {}) =>
  createResendGateway({
    apiKey: 're_test',
    baseUrl: sandbox.url,
    from: 'Parley <bookings@parley.example>',
    timeoutMs: 5_000,
    ...options,
  })

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}/emails`, {
    method: 'POST',
    headers: { authorization: 'Bearer re_test', 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const valid = { from: 'a@parley.example', to: 'b@example.com', subject: 'Hi', text: 'Hi' }

describe('the gateway against the sandbox', () => {
  it('sends a mail with its attachment, headers and tags', async () => {
    const outcome = await gateway().send(mail)
    const [stored] = sandbox.control.emails('jo@example.com')
    expect(outcome).toEqual({ status: 'sent', providerMessageId: stored?.id })
    expect(stored).toMatchObject({
      from: 'Parley <bookings@parley.example>',
      to: ['jo@example.com'],
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      headers: { 'Auto-Submitted': 'auto-generated' },
      tags: [{ name: 'kind', value: 'booking_confirmation' }],
      idempotencyKey: 'notification/1',
    })
    const attachment = stored?.attachments[0]
    expect(attachment?.contentType).toBe('text/calendar; charset=utf-8; method=REQUEST')
    expect(Buffer.from(attachment?.content ?? '', 'base64').toString('utf8')).toBe(mail.attachments[0]?.content)
  })

  it('sends the same mail once, however often it is tried, also at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => gateway().send(mail)))
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1)
    expect(sandbox.control.emails()).toHaveLength(1)
  })

  it('takes a mail as sent whose key was used before its words changed', async () => {
    await gateway().send(mail)
    expect(await gateway().send({ ...mail, subject: 'Other words' })).toEqual({
      status: 'sent',
      providerMessageId: null,
    })
    expect(sandbox.control.emails()).toHaveLength(1)
  })

  it('tries again after an answer that got lost, and does not send twice', async () => {
    sandbox.control.fail({ kind: 'lose' })
    expect(await gateway().send(mail)).toMatchObject({ status: 'retry' })
    expect(sandbox.control.emails()).toHaveLength(1)
    expect(await gateway().send(mail)).toMatchObject({ status: 'sent' })
    expect(sandbox.control.emails()).toHaveLength(1)
  })

  it('gives up waiting for an answer', async () => {
    sandbox.control.fail({ kind: 'hang' })
    expect(await gateway({ timeoutMs: 200 }).send(mail)).toMatchObject({ status: 'retry' })
    expect(sandbox.control.emails()).toHaveLength(1)
  })

  it.each([
    ['server_error', 'internal_server_error', null],
    ['rate_limit', 'rate_limit_exceeded', 1],
    ['quota', 'daily_quota_exceeded', 1],
    ['concurrent', 'concurrent_idempotent_requests', null],
    ['disconnect', 'application_error', null],
  ] as const)('tries again later after %s', async (kind, name, retryAfterSeconds) => {
    sandbox.control.fail({ kind })
    expect(await gateway().send(mail)).toEqual({
      status: 'retry',
      reason: expect.stringContaining(name),
      retryAfterSeconds,
    })
    expect(sandbox.control.emails()).toEqual([])
    expect(await gateway().send(mail)).toMatchObject({ status: 'sent' })
  })

  it('does not try again what is refused for good', async () => {
    expect(await gateway().send({ ...mail, to: 'nobody' })).toEqual({
      status: 'refused',
      reason: expect.stringContaining('422 validation_error: Invalid `to` field.'),
    })
  })

  it('waits where the key is wrong or nobody answers: that is no fault of the mail', async () => {
    expect(await gateway({ apiKey: 're_other' }).send(mail)).toMatchObject({
      status: 'retry',
      reason: expect.stringContaining('invalid_api_key'),
    })
    const closed = await startResendSandbox({ port: 0 })
    await closed.close()
    expect(await gateway({ baseUrl: closed.url }).send(mail)).toMatchObject({ status: 'retry' })
  })
})

describe('the sandbox is as strict as Resend', () => {
  it.each([
    ['no recipient', { ...valid, to: undefined }, 422, 'missing_required_field', '`to`'],
    ['no sender', { ...valid, from: undefined }, 422, 'missing_required_field', '`from`'],
    ['no subject', { ...valid, subject: undefined }, 422, 'missing_required_field', '`subject`'],
    ['no text', { ...valid, text: undefined }, 422, 'missing_required_field', '`html` or `text`'],
    ['a sender that is no address', { ...valid, from: 'Parley' }, 422, 'invalid_from_address', '`from`'],
    ['a recipient that is no address', { ...valid, to: ['b@example.com', 'x'] }, 422, 'validation_error', '`to`'],
    [
      '51 recipients',
      { ...valid, to: Array.from({ length: 51 }, () => 'b@example.com') },
      422,
      'validation_error',
      '`to`',
    ],
    ['a subject of two lines', { ...valid, subject: 'a\nBcc: c@example.com' }, 422, 'validation_error', '`subject`'],
    ['a header of two lines', { ...valid, headers: { 'X-A': 'a\r\nBcc: c' } }, 422, 'validation_error', ''],
    ['a tag with a space', { ...valid, tags: [{ name: 'a b', value: 'c' }] }, 422, 'validation_error', 'Tags'],
    [
      'an attachment that is not base64',
      { ...valid, attachments: [{ filename: 'a', content: '%' }] },
      422,
      'invalid_attachment',
      '',
    ],
    ['an unknown field', { ...valid, replyTo: 'x@example.com' }, 422, 'validation_error', 'replyTo'],
    ['no JSON', '{', 422, 'validation_error', 'JSON'],
    ['an array', [valid], 422, 'validation_error', ''],
  ])('refuses %s', async (_what, body, status, name, message) => {
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toEqual({ statusCode: status, name, message: expect.stringContaining(message) })
    expect(sandbox.control.emails()).toEqual([])
  })

  it('refuses a missing and a wrong key, and an idempotency key that is too long', async () => {
    expect((await post(valid, { authorization: '' })).status).toBe(401)
    expect((await post(valid, { authorization: 'Bearer re_wrong' })).status).toBe(403)
    const tooLong = await post(valid, { 'idempotency-key': 'x'.repeat(257) })
    expect(tooLong.status).toBe(400)
    expect(await tooLong.json()).toMatchObject({ name: 'invalid_idempotency_key' })
  })

  it('refuses another mail under the same key, and gives the same id for the same fields in another order', async () => {
    const headers = { 'idempotency-key': 'k' }
    const first = await (await post(valid, headers)).json()
    const again = await post({ text: 'Hi', subject: 'Hi', to: 'b@example.com', from: 'a@parley.example' }, headers)
    expect(await again.json()).toEqual(first)
    const other = await post({ ...valid, text: 'Ho' }, headers)
    expect(other.status).toBe(409)
    expect(await other.json()).toMatchObject({ name: 'invalid_idempotent_request' })
  })

  it('knows no other routes', async () => {
    const headers = { authorization: 'Bearer re_test' }
    expect((await fetch(`${sandbox.url}/domains`, { headers })).status).toBe(404)
    expect((await fetch(`${sandbox.url}/emails`, { method: 'DELETE', headers })).status).toBe(405)
    expect((await fetch(`${sandbox.url}/emails/none`, { headers })).status).toBe(404)
  })

  it('gives back what was sent', async () => {
    const { id } = (await (await post(valid)).json()) as { id: string }
    const headers = { authorization: 'Bearer re_test' }
    expect(await (await fetch(`${sandbox.url}/emails/${id}`, { headers })).json()).toMatchObject({
      object: 'email',
      id,
      to: ['b@example.com'],
      text: 'Hi',
      last_event: 'delivered',
    })
    expect(await (await fetch(`${sandbox.url}/emails`, { headers })).json()).toMatchObject({
      object: 'list',
      data: [{ id }],
    })
    expect((await fetch(`${sandbox.url}/emails/${id}`)).status).toBe(401)
  })
})

describe('the inbox', () => {
  it('shows mails of strangers as text, and their HTML where nothing runs', async () => {
    const evil = '<script>alert(1)</script>'
    await gateway().send({ ...mail, subject: evil, html: `<p>${evil}</p>`, text: evil })
    const [stored] = sandbox.control.emails()
    const list = await (await fetch(sandbox.url)).text()
    expect(list).toContain('&lt;script&gt;alert(1)')
    expect(list).not.toContain(evil)
    const detail = await fetch(`${sandbox.url}/inbox/${stored?.id}`)
    const detailText = await detail.text()
    expect(detailText).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
    expect(detailText).not.toContain(evil)
    const html = await fetch(`${sandbox.url}/inbox/${stored?.id}/html`)
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups .*default-src 'none'/)
    expect(await html.text()).toContain(evil)
    expect(html.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('finds mails by their recipient and hands out attachments', async () => {
    await gateway().send(mail)
    await gateway().send({ ...mail, to: 'Other <other@example.com>', idempotencyKey: '2' })
    const response = await fetch(`${sandbox.url}/_sandbox/emails?to=other@example.com`)
    const found = (await response.json()) as { id: string }[]
    expect(found).toHaveLength(1)
    expect(await (await fetch(`${sandbox.url}/?to=other@example.com`)).text()).not.toContain('jo@example.com</span>')
    const file = await fetch(`${sandbox.url}/inbox/${found[0]?.id}/attachments/0`)
    expect(file.headers.get('content-disposition')).toContain('invitation.ics')
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=REQUEST')
    expect(await file.text()).toContain('SUMMARY:Grüße')
    expect((await fetch(`${sandbox.url}/inbox/${found[0]?.id}/attachments/1`)).status).toBe(404)
    expect((await fetch(`${sandbox.url}/inbox/none`)).status).toBe(404)
  })

  it('takes faults over HTTP too, for a recipient and a number of times', async () => {
    const add = (fault: object) =>
      fetch(`${sandbox.url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) })
    expect((await add({ kind: 'nonsense' })).status).toBe(400)
    expect((await add({ kind: 'server_error', to: 'b@example.com', times: 2 })).status).toBe(204)
    expect((await post({ ...valid, to: 'c@example.com' })).status).toBe(200)
    expect((await post(valid)).status).toBe(500)
    expect((await post(valid)).status).toBe(500)
    expect((await post(valid)).status).toBe(200)
  })
})

describe('the state file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'resend-sandbox-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('keeps the inbox and the keys over a restart, even after half a line', async () => {
    const stateFile = path.join(folder, 'new', 'mails.jsonl')
    const first = await startResendSandbox({ port: 0, stateFile })
    const before = await gateway({ baseUrl: first.url }).send(mail)
    await first.close()
    appendFileSync(stateFile, '{"email":{"id":"ha')

    const second = await startResendSandbox({ port: 0, stateFile })
    expect(second.control.emails()).toHaveLength(1)
    expect(await gateway({ baseUrl: second.url }).send(mail)).toEqual(before)
    await gateway({ baseUrl: second.url }).send({ ...mail, idempotencyKey: '2' })
    await second.close()

    const third = await startResendSandbox({ port: 0, stateFile })
    expect(third.control.emails()).toHaveLength(2)
    await third.control.clear()
    await third.close()
    expect(readFileSync(stateFile, 'utf8')).toBe('')
  })
})
