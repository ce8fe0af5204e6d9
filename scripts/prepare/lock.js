import fs from 'fs'
import os from 'os'
import { Failure, inRoot, root, say } from './run.js'

// One preparation at a time: two would install and build into each other. The holder touches the file every second,
// so a lock whose holder was killed is recognised by its age, in another container that shares the folder too.
const file = inRoot('.preparing')
const beat = 1000
const staleAfter = 10 * beat
const mine = `${os.hostname()} ${process.pid} ${Date.now()}`
let held = null

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export async function withLock(work) {
  let told = false
  while (!take()) {
    if (breakIfStale()) continue
    if (!told) say('Another command is preparing this folder; waiting for it …')
    told = true
    await pause(200)
  }
  try {
    return await work()
  } finally {
    release()
  }
}

export function release() {
  if (!held) return
  clearInterval(held)
  held = null
  if (read() === mine) fs.unlinkSync(file)
}

function take() {
  try {
    fs.writeFileSync(file, mine, { flag: 'wx' })
  } catch (error) {
    if (error.code === 'EEXIST') return false
    if (['EACCES', 'EROFS', 'EPERM', 'ENOSPC'].includes(error.code)) throw new Failure(notWritable(error.code))
    throw error
  }
  held = setInterval(() => fs.utimes(file, new Date(), new Date(), () => {}), beat)
  held.unref()
  return true
}

const notWritable = (code) => code === 'ENOSPC'
  ? `The disk that holds ${root} is full. Free some space and try again.`
  : `The folder ${root} may not be written to by you, and Missions has to install and build there. ` +
    'Change its owner or copy it to a folder of your own.'

function read() {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

/** Removes a lock that nobody holds; true when it is worth trying again at once. */
function breakIfStale() {
  const holder = read()
  if (holder === null) return true
  if (!isStale(holder)) return false
  // Renaming decides between two that both found it stale: one of them gets the file.
  const aside = `${file}.${process.pid}`
  try {
    fs.renameSync(file, aside)
    if (fs.readFileSync(aside, 'utf8') === holder) fs.unlinkSync(aside)
    else fs.renameSync(aside, file)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  return true
}

function isStale(holder) {
  const [host, pid] = holder.split(' ')
  if (host === os.hostname() && Number(pid) > 0 && !isAlive(Number(pid))) return true
  try {
    return Date.now() - fs.statSync(file).mtimeMs > staleAfter
  } catch (error) {
    return false
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
