import { compile } from '#server/compile'
const t = performance.now()
await compile(process.argv[2]!)
console.log(((performance.now() - t)/1000).toFixed(1), 's', process.cpuUsage())
