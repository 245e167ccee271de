import { beforeEach, describe, expect, it } from 'vitest'
import { payloadEmailAdapter, type PayloadMail } from '#notifications/channels/email/payload-email-adapter'

const queued: PayloadMail[] = []
beforeEach(() => {
  queued.length = 0
})

const adapter = payloadEmailAdapter({
  from: 'Parley <bookings@parley.example>',
  enqueueMail: async (mail) => void queued.push(mail),
  // Payload hands itself over, which this adapter has no use for.
})({ payload: undefined as never })

describe('payloadEmailAdapter', () => {
  it('sends as the installation says', () => {
    expect(adapter).toMatchObject({ defaultFromName: 'Parley', defaultFromAddress: 'bookings@parley.example' })
  })

  it('puts each recipient’s mail into the queue under a key of its own, with a plain text', async () => {
    await adapter.sendEmail({
      to: ['Jo <jo@example.com>', { name: 'Al', address: 'al@example.com' }],
      subject: 'Verify\r\nBcc: x@example.com',
      html: '<h1>Hello</h1><p>Open <a href="https://parley.example/v">this</a></p>',
    })
    expect(queued.map((mail) => mail.to)).toEqual(['jo@example.com', 'al@example.com'])
    expect(queued[0]?.subject).toBe('Verify Bcc: x@example.com')
    expect(queued[0]?.text).toContain('https://parley.example/v')
    expect(queued[0]?.text).not.toContain('<')
    expect(new Set(queued.map((mail) => mail.key)).size).toBe(2)
  })

  it('shows a mail of plain text as text', async () => {
    await adapter.sendEmail({ to: 'jo@example.com', subject: 'A', text: '1 < 2 & <b>3</b>' })
    expect(queued[0]?.html).toBe('<pre>1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;</pre>')
    expect(queued[0]?.text).toBe('1 < 2 & <b>3</b>')
  })

  it('refuses what it would have to drop', async () => {
    await expect(
      adapter.sendEmail({ to: 'jo@example.com', subject: 'A', text: 'b', attachments: [{ content: 'x' }] }),
    ).rejects.toThrow('neither attachments nor copies')
    await expect(adapter.sendEmail({ to: 'jo@example.com', bcc: 'x@example.com', text: 'b' })).rejects.toThrow('copies')
    await expect(adapter.sendEmail({ subject: 'A', text: 'b' })).rejects.toThrow('no recipient')
    expect(queued).toEqual([])
  })
})
