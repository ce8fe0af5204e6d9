import type { Part } from './part.ts'
export const failingStore: Part = async () => []
