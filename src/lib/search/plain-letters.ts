/** Letters without their marks and case: `Émile` is found by `emile`. */
export const plainLetters = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
