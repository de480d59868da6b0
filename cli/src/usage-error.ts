/** The command line makes no sense; the message says why. */
export class UsageError extends Error {}

/** What the command line means is not clear; the message lists what it may be. */
export class AmbiguousError extends UsageError {}
