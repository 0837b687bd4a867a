/**
 * smtp-session - a mail client for tests: sends probes to an SMTP server and keeps its replies.
 *
 * Each probe is one message to one recipient from the empty sender. The recipient goes out as given, also when
 * it is no address; replies are kept as the server wrote them, lines joined with \n. Fails only when the
 * connection does. Authority: RFC 5321, RFC 6531.
 */
import { connect, type Socket } from 'node:net'

export interface ProbeAnswer {
  /** To RCPT TO. */
  readonly rcpt: string
  /** To the message; null when RCPT TO was refused. */
  readonly data: string | null
  /** Queue id, null when there is none. */
  readonly queueId: string | null
}

const CONNECTIONS = 4

/** Sends one message to each address, over a few connections. The message of address n has `X-Probe: n`. */
export async function probe(
  port: number,
  addresses: readonly string[],
  options: { readonly smtputf8: boolean },
): Promise<readonly ProbeAnswer[]> {
  const answers: ProbeAnswer[] = []
  let next = 0
  const work = async (): Promise<void> => {
    const session = await openSession(port)
    for (let at = next++; at < addresses.length; at = next++) {
      answers[at] = await sendProbe(session, addresses[at] ?? '', at, options.smtputf8)
    }
    await session.command('QUIT')
    session.close()
  }
  await Promise.all(Array.from({ length: Math.min(CONNECTIONS, addresses.length) }, work))
  return answers
}

async function sendProbe(
  session: Session,
  address: string,
  number: number,
  smtputf8: boolean,
): Promise<ProbeAnswer> {
  const utf8 = smtputf8 && /[^\0-\x7f]/.test(address)
  await session.command(`MAIL FROM:<>${utf8 ? ' SMTPUTF8' : ''}`)
  const rcpt = await session.command(`RCPT TO:<${address}>`)
  if (!rcpt.startsWith('2')) {
    await session.command('RSET')
    return { rcpt, data: null, queueId: null }
  }
  await session.command('DATA')
  const reply = await session.command(`X-Probe: ${number}\r\n\r\nprobe\r\n.`)
  const queueId = /queued as (\w+)/.exec(reply)?.[1] ?? null
  return { rcpt, data: reply.replace(/: queued as \w+/, ''), queueId }
}

interface Session {
  /** Sends a line and waits for the whole reply. */
  command(line: string): Promise<string>
  close(): void
}

async function openSession(port: number): Promise<Session> {
  const socket = connect({ host: '127.0.0.1', port })
  const replies = readReplies(socket)
  const reply = async (): Promise<string> => {
    const { value, done } = await replies.next()
    if (done === true) throw new Error('the SMTP server has closed the connection')
    return value
  }
  await reply()
  const session = {
    command: (line: string) => {
      socket.write(`${line}\r\n`)
      return reply()
    },
    close: () => {
      socket.destroy()
    },
  }
  await session.command('EHLO client.test')
  return session
}

async function* readReplies(socket: Socket): AsyncGenerator<string, undefined> {
  let lines: string[] = []
  let rest = Buffer.alloc(0)
  for await (const octets of socket) {
    rest = Buffer.concat([rest, octets as Buffer])
    for (let end = rest.indexOf(0x0a); end !== -1; end = rest.indexOf(0x0a)) {
      const line = rest.subarray(0, end).toString('utf8').replace(/\r$/, '')
      rest = rest.subarray(end + 1)
      lines.push(line)
      if (line[3] === '-') continue
      yield lines.join('\n')
      lines = []
    }
  }
}
