/** Loaded before a process of ours (`NODE_OPTIONS`): on SIGUSR2 it says something in each of the ways there are, and then nobody catches an error. */
process.on('SIGUSR2', () => {
  console.error('  \u001b[31m⨯\u001b[39m', new Error('no seat for ada.guest@company.example'))
  console.table([{ row: 'of a table' }])
  process.stderr.write('written to stderr\nin two lines\n')
  process.emitWarning('something is old', { code: 'OLD01' })
  setImmediate(() => {
    throw new Error('nobody caught this, ada.guest@company.example')
  })
})
