import { customAlphabet } from 'nanoid'

const generate = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 16)

/** An id for anything that is stored: 16 letters and digits, 82 bits, safe in a URL and in a document's name. */
export const newId = <Id extends string = string>(): Id => generate() as Id
