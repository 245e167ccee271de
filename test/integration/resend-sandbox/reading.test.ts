import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Resend } from 'resend'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startResendSandbox } from '#sandbox/resend/start-resend-sandbox'

const mail = { from: 'a@parley.example', to: 'b@example.com', subject: 'Hi', text: 'Hi' }

/** A sandbox with so many mails, and the SDK for it. `ids`: the newest first, as Resend lists them. */
const start = async (count = 0) => {
  const sandbox = await startResendSandbox({ port: 0, apiKey: 're_test' })
  onTestFinished(() => sandbox.close())
  const { emails } = new Resend('re_test', { baseUrl: sandbox.url })
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.unshift((await emails.send(mail)).data?.id ?? '')
  return { ...sandbox, emails, ids }
}

const newFile = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'resend-sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return path.join(folder, 'mails.jsonl')
}

describe('a list of mails', () => {
  it('is cut as the SDK asks for it', async () => {
    const { emails, ids } = await start(5)
    const list = async (options: Parameters<typeof emails.list>[0]) => {
      const { data } = await emails.list(options)
      return [data?.data.map(({ id }) => ids.indexOf(id)), data?.has_more]
    }
    const [, second = '', third = ''] = ids
    expect(await list({ limit: 2 })).toEqual([[0, 1], true])
    expect(await list({ limit: 2, after: second })).toEqual([[2, 3], true])
    expect(await list({ limit: 2, after: third })).toEqual([[3, 4], false])
    expect(await list({ limit: 1, before: third })).toEqual([[1], true])
    expect(await list({ before: second })).toEqual([[0], false])
  })

  it.each(['limit=0', 'limit=101', 'limit=x', 'after=none', 'page=2'])('is refused with %s', async (query) => {
    const { url } = await start(1)
    const answer = await fetch(`${url}/emails?${query}`, { headers: { authorization: 'Bearer re_test' } })
    expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ name: 'validation_error' })])
  })

  it('does not go both ways', async () => {
    const { url, ids } = await start(2)
    const query = `after=${ids[0] ?? ''}&before=${ids[1] ?? ''}`
    const answer = await fetch(`${url}/emails?${query}`, { headers: { authorization: 'Bearer re_test' } })
    expect(answer.status).toBe(422)
  })
})

describe('the sandbox', () => {
  it('gives a mail the id of a message, as Resend does', async () => {
    const { emails, ids } = await start(1)
    const { data } = await emails.get(ids[0] ?? '')
    expect(data).toMatchObject({ id: ids[0], message_id: expect.stringMatching(/^<.+@.+>$/) })
  })

  it('notes every call', async () => {
    const { url, control } = await start(1)
    control.fail({ kind: 'rate_limit' })
    await fetch(`${url}/emails`, { method: 'POST', headers: { authorization: 'Bearer re_test' }, body: '{}' })
    await fetch(`${url}/domains`)
    expect(control.calls()).toMatchObject([
      { operation: 'emails.send', status: 200, fault: null },
      { operation: 'emails.send', status: 429, fault: 'rate_limit' },
      { operation: 'unknown', status: 404 },
    ])
  })

  it('keeps its faults for calls that are mails', async () => {
    const { url, control } = await start()
    const headers = { authorization: 'Bearer re_test' }
    control.fail({ kind: 'server_error' })
    expect((await fetch(`${url}/emails`, { headers })).status).toBe(200)
    expect((await fetch(`${url}/emails`, { method: 'POST', body: '{}' })).status).toBe(401)
    expect((await fetch(`${url}/emails`, { method: 'POST', headers, body: '{' })).status).toBe(422)
    expect((await fetch(`${url}/emails`, { method: 'POST', headers, body: JSON.stringify(mail) })).status).toBe(500)
  })

  it('is not cleared by other sites', async () => {
    const { url, control } = await start(1)
    const headers = { Origin: 'https://evil.example' }
    expect((await fetch(`${url}/_sandbox/clear`, { method: 'POST', headers })).status).toBe(403)
    expect(control.emails()).toHaveLength(1)
    expect((await fetch(`${url}/_sandbox/clear`, { method: 'POST' })).status).toBe(204)
    expect(control.emails()).toEqual([])
  })
})

describe('the state file', () => {
  it('has a mail before it is answered', async () => {
    const stateFile = newFile()
    const sandbox = await startResendSandbox({ port: 0, stateFile })
    onTestFinished(() => sandbox.close())
    const { data } = await new Resend('re_x', { baseUrl: sandbox.url }).emails.send(mail)
    expect(readFileSync(stateFile, 'utf8')).toContain(data?.id)
  })

  it('is not started over where it cannot be read', async () => {
    const stateFile = newFile()
    writeFileSync(stateFile, 'not a mail\n')
    await expect(startResendSandbox({ port: 0, stateFile })).rejects.toThrow('damaged in line 1; move it away')
    expect(readFileSync(stateFile, 'utf8')).toBe('not a mail\n')
  })
})
