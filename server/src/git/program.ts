// The machine's own git, started for the user.
import { type SimpleGit, simpleGit } from 'simple-git';

/** Milliseconds without a word from git after which it is ended. */
export const gitPatience = 60_000;

// What tells git that it works in another repository, as in a hook.
const redirecting =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|COMMON_DIR|PREFIX|QUARANTINE_PATH)$/;

/**
 * Git in a folder, as the platform writes its path. Credentials are git's own business: agent, helpers, what the editor has set up.
 * Nobody is there to answer a question.
 */
export function gitIn(baseDir: string, abort: AbortSignal): SimpleGit {
  const inherited = Object.entries(process.env).filter(([name]) => !redirecting.test(name) && !/^(EDITOR|PAGER|PREFIX)$/.test(name));
  const environment = { ...Object.fromEntries(inherited), GIT_TERMINAL_PROMPT: '0', GCM_INTERACTIVE: 'never', LC_ALL: 'C' };
  const allowEnvironment = Object.keys(environment);
  return simpleGit({ baseDir, abort, timeout: { block: gitPatience }, allowEnvironment, unsafe: { allowUnsafeSshCommand: true } }).env(
    environment,
  );
}

/** Milliseconds without a word from git, which reads what is here, after which it is ended. */
const readingPatience = 5000;

/** Git in a folder, as the platform writes its path, for reading what is in its objects: nothing is fetched, and no other program started. */
export function gitReading(baseDir: string, abort: AbortSignal): SimpleGit {
  const inherited = Object.entries(process.env).filter(([name]) => !/^GIT_|^(EDITOR|PAGER|PREFIX|SSH_ASKPASS)$/.test(name));
  // What is absent from a partial clone is not fetched for this.
  const environment = { ...Object.fromEntries(inherited), GIT_NO_LAZY_FETCH: '1' };
  const allowEnvironment = Object.keys(environment);
  return simpleGit({ baseDir, abort, timeout: { block: readingPatience }, allowEnvironment }).env(environment);
}
