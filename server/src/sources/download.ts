// What http(s) addresses answer.
import { SourceError, reasonOf } from './source-error.ts';

/** Milliseconds that an answer may take as a whole. */
const timeLimit = 120_000;

/** An answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/**
 * Asks an address.
 *
 * @param headers Sent with the request; user and password in the address are sent as such.
 * @param limit Bytes that an answer may have.
 * @throws SourceError when there is no answer, or too long a one.
 */
export async function ask(url: string, headers: Readonly<Record<string, string>>, limit: number, signal: AbortSignal): Promise<Answer> {
  const { address, authorization } = splitAddress(url);
  try {
    const response = await fetch(address, {
      headers: { 'user-agent': 'drydock', ...authorization, ...headers },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeLimit)]),
    });
    return { status: response.status, headers: response.headers, body: await bodyOf(response, limit) };
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(`${withoutPassword(url)} could not be fetched: ${explain(error, signal)}`, { cause: error });
  }
}

/**
 * What an address answers, if it answers with what is asked for.
 *
 * @throws SourceError also when the answer is an error.
 */
export async function download(url: string, limit: number, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await ask(url, {}, limit, signal);
  if (answer.status < 200 || answer.status > 299)
    throw new SourceError(`${withoutPassword(url)} could not be fetched: ${statusText(answer)}`);
  return answer.body;
}

/** What a status means, and what to do about it. */
export function statusText({ status }: Pick<Answer, 'status'>): string {
  if (status === 401 || status === 403)
    return `the server refuses it (status ${status}): it may want credentials, which Drydock has none of.`;
  if (status === 404) return 'the server has nothing there (status 404). Is the address right?';
  return `the server answered with status ${status}.`;
}

/** An address for people. */
export function withoutPassword(url: string): string {
  return url.replace(/(?<=^[a-z+]+:\/\/[^/@:]*):[^/@]*@/i, '@');
}

function splitAddress(url: string): { address: string; authorization: Record<string, string> } {
  if (!URL.canParse(url)) throw new SourceError(`${withoutPassword(url)} is no address.`);
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
    throw new SourceError(`${withoutPassword(url)} is not fetched: only http and https addresses are.`);
  const { username, password } = parsed;
  if (username === '' && password === '') return { address: url, authorization: {} };
  parsed.username = '';
  parsed.password = '';
  const pair = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return { address: parsed.href, authorization: { authorization: `Basic ${pair}` } };
}

async function bodyOf(response: Response, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > limit) throw new SourceError(`${response.url} was not fetched to its end: it is larger than ${limit / 1e6} MB.`);
    parts.push(part);
  }
  const announced = Number(response.headers.get('content-length') ?? length);
  // A body that was compressed on its way has another length.
  if (!response.headers.has('content-encoding') && announced !== length)
    throw new SourceError(`${response.url} came cut off: ${length} of ${announced} bytes.`);
  return Buffer.concat(parts);
}

function explain(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'it was cancelled.';
  if (error instanceof Error && error.name === 'TimeoutError') return `it took longer than ${timeLimit / 1000} s.`;
  return `${reasonOf(error)}. Is the server to be reached from here?`;
}
