// Preloaded into helpers (the build, the seed): they end when the process that started them is gone, killed as it may be,
// instead of working on beside its successor. Plain JavaScript, as Next's build runs without tsx.
// Not in what a helper starts itself: its workers are preloaded with this too, and have a channel of their own.
if (process.channel && process.ppid === Number(process.env.PARLEY_HELPER_OF)) {
  process.once('disconnect', () => process.exit(1))
  // The channel alone keeps nothing running.
  process.channel.unref()
}
