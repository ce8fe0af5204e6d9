/** Stores a file with what the text belongs to. What may go wrong is an answer, in words for whoever reads them. */
export type Upload = (file: File, onProgress: (share: number) => void) => Promise<{ id: string } | { message: string }>
