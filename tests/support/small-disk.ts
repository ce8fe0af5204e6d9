import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeFolder, temporaryFolder } from './server.ts'

/** A folder on a disk of its own, in memory, of so many MB; `null` where whoever runs the tests may mount none. */
export function smallDisk(megabytes: number) {
  const folder = temporaryFolder('disk')
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status !== 0) {
    removeFolder(folder)
    return null
  }
  const data = join(folder, 'data')
  mkdirSync(data)
  const filler = join(folder, 'filler')
  const unmount = () => void spawnSync('umount', ['-l', folder])
  process.once('exit', unmount)
  return {
    folder: data,
    /** Leaves so many bytes. */
    fill(leaving: number) {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaving)))
    },
    free: () => rmSync(filler, { force: true }),
    end() {
      process.off('exit', unmount)
      unmount()
      removeFolder(folder)
    },
  }
}
