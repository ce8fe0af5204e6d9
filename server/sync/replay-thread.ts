import { parentPort, workerData } from 'node:worker_threads'
import { replayHere, type Replayable } from './replay.ts'

const state = replayHere(workerData as Replayable)
parentPort?.postMessage(state, [state.buffer as ArrayBuffer])
