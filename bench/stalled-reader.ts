import type { Part } from './part.ts'
export const stalledReader: Part = async () => []
