// Git over HTTP, served by Git's own program for it.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type TestServer, listen } from './listen.ts';

const run = promisify(execFile);

/** Content of a file, or where a link points. */
export type Entry = string | { readonly link: string };

/** A server of repositories. */
export interface GitServer extends TestServer {
  /** Adds a commit to a repository, which is made when it is not there; tags it if a tag is given. Gives the commit. */
  commit(repository: string, files: Readonly<Record<string, Entry>>, tag?: string): Promise<string>;
  /** Adds a repository with everything that a folder's one has, its tags too; what is pushed to it is accepted. */
  copy(folder: string, repository: string): Promise<void>;
  /** Runs git in a repository's working tree. */
  git(repository: string, ...args: readonly string[]): Promise<string>;
}

/** Starts a server without repositories; their addresses are `<url>/<repository>`, as in `<url>/acme/fleet.git`. */
export async function serveGit(): Promise<GitServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-git-server-'));
  const server = await listen((request, response) => backend(folder, request, response));
  // Not synchronous: what git asks this server must be answered meanwhile.
  const git = async (repository: string, ...args: readonly string[]): Promise<string> => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
    const { stdout } = await run('git', [...identity, ...args], { cwd: path.join(folder, repository) });
    return stdout.trim();
  };
  return {
    ...server,
    git,
    async commit(repository, files, tag) {
      const place = path.join(folder, repository);
      mkdirSync(place, { recursive: true });
      await git(repository, 'init', '--quiet', '--initial-branch=main');
      await git(repository, 'config', 'uploadpack.allowAnySHA1InWant', 'true'); // as the large hosts do
      for (const [name, entry] of Object.entries(files)) {
        const file = path.join(place, name);
        mkdirSync(path.dirname(file), { recursive: true });
        if (typeof entry === 'string') writeFileSync(file, entry);
        else symlinkSync(entry.link, file);
      }
      await git(repository, 'add', '--all');
      await git(repository, 'commit', '--quiet', '--message=change');
      if (tag !== undefined) await git(repository, 'tag', tag);
      return git(repository, 'rev-parse', 'HEAD');
    },
    async copy(from, repository) {
      const place = path.join(folder, repository);
      mkdirSync(place, { recursive: true });
      await git(repository, 'clone', '--quiet', from, '.');
      await git(repository, 'config', 'http.receivepack', 'true');
      await git(repository, 'config', 'receive.denyCurrentBranch', 'updateInstead');
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// https://git-scm.com/docs/git-http-backend, called as a web server calls a CGI program.
function backend(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://server');
  // A repository with a working tree is served by its .git.
  const place = pathname.replace(/^(.*)\/(info\/refs|git-(?:upload|receive)-pack)$/, (_, repository: string, request: string) => {
    // The large hosts know it without ".git" too.
    const name = existsSync(path.join(folder, repository)) ? repository : `${repository}.git`;
    return `${name}/.git/${request}`;
  });
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: place,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'],
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
      GIT_PROTOCOL: request.headers['git-protocol'] as string | undefined,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin).on('error', () => {});
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.on('close', () => {
    const output = Buffer.concat(parts);
    const end = output.indexOf('\r\n\r\n');
    const headers = output.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n').filter(Boolean);
    const status = headers.find((header) => /^status:/i.test(header))?.replace(/\D+(\d+).*/, '$1');
    const rest = headers.filter((header) => !/^status:/i.test(header)).map((header) => header.split(/:\s*/, 2) as [string, string]);
    response.writeHead(end < 0 ? 404 : Number(status ?? 200), Object.fromEntries(rest));
    response.end(end < 0 ? '' : output.subarray(end + 4));
  });
}
