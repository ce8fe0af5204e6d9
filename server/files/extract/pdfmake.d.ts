// The package brings no types of its own; this is what the digest uses of it.
declare module 'pdfmake' {
  export type Content = string | Node | Content[]
  export type Node = { [key: string]: unknown }
  export type Definition = { content: Content[]; [key: string]: unknown }
  const pdfmake: {
    addFonts(fonts: Record<string, { normal: string; bold: string; italics: string; bolditalics: string }>): void
    setUrlAccessPolicy(allows: (url: string) => boolean): void
    setLocalAccessPolicy(allows: (path: string) => boolean): void
    createPdf(definition: Definition): { getBuffer(): Promise<Uint8Array> }
  }
  export default pdfmake
}
