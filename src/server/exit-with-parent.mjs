// Preloaded into helpers (the build, the seed): they end when the process that started them is gone, killed as it may be,
// instead of working on beside its successor. Plain JavaScript, as Next's build runs without tsx.
process.once('disconnect', () => process.exit(1))
// The channel alone keeps nothing running.
process.channel?.unref()
