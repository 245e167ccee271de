/**
 * How Node runs a web process and a worker (decision 0038): where nobody says otherwise V8 lets what is young take 64 MB, which are never given
 * back. `package.json`, the image and the units of `deploy/` name the same.
 */
export const heapFlags = ['--max-semi-space-size=8'] as const
