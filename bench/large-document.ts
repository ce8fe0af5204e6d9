import type { Part } from './part.ts'
export const largeDocument: Part = async () => []
