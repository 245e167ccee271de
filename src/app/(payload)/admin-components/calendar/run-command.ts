/** Sends a command and shows how it ended. */
export type RunCommand = (command: { path: string; body?: Record<string, unknown>; done: string }) => Promise<boolean>
