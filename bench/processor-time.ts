import { readdir, readFile } from 'node:fs/promises'

/** Of `/proc/<pid>/stat`, in hundredths of a second on every Linux. */
type Stat = { parent: number; own: number; ofEndedChildren: number }

const statOf = async (pid: number): Promise<Stat> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent = 0] = fields.slice(1)
  const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11)
  return { parent, own: user + system, ofEndedChildren: childrenUser + childrenSystem }
}

/** Seconds of the processor that a process has used by now, in all its threads. */
export const processorSecondsOf = async (pid: number): Promise<number> => (await statOf(pid)).own / 100

/** The same of a whole PostgreSQL. @param backend the process of any of its connections. */
export const processorSecondsOfPostgres = async (backend: number): Promise<number> => {
  const { parent: postmaster } = await statOf(backend)
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  const stats = await Promise.all(pids.map((pid) => statOf(pid).catch(() => undefined)))
  const { own, ofEndedChildren } = await statOf(postmaster)
  const ofChildren = stats.map((stat) => (stat?.parent === postmaster ? stat.own : 0))
  return (own + ofEndedChildren + ofChildren.reduce((sum, used) => sum + used, 0)) / 100
}

/** Seconds in which the cores of this machine had nothing to do, since its start. */
export const idleSeconds = async (): Promise<number> => {
  const [, , , , idle = 0, waiting = 0] = (await readFile('/proc/stat', 'utf8'))
    .split('\n', 1)
    .join()
    .split(/\s+/)
    .map(Number)
  return (idle + waiting) / 100
}
