import { $create, DecoratorNode, type LexicalNode, type SerializedLexicalNode, type Spread } from 'lexical'
import { parseReference, type Reference } from '../board/reference.ts'
import { contentOf } from './content-address.ts'

type SerializedImage = Spread<{ src: string; alt: string }, SerializedLexicalNode>

/** A picture that is a stored file. */
export class ImageNode extends DecoratorNode<null> {
  __src = ''
  __alt = ''

  $config() {
    return this.config('image', { extends: DecoratorNode })
  }
  afterCloneFrom(before: this) {
    super.afterCloneFrom(before)
    this.__src = before.__src
    this.__alt = before.__alt
  }
  static importJSON(serialized: SerializedImage): ImageNode {
    return $createImageNode(serialized.src, serialized.alt)
  }
  exportJSON(): SerializedImage {
    return { ...super.exportJSON(), src: this.getSrc(), alt: this.getAlt() }
  }

  /** Peers write it too, so it may be anything: only a stored file is shown. */
  getFile(): Reference | null {
    const { __src } = this.getLatest()
    const reference = typeof __src === 'string' ? parseReference(__src) : null
    return reference?.kind === 'file' ? reference : null
  }
  getSrc(): string {
    return String(this.getLatest().__src)
  }
  getAlt(): string {
    const { __alt } = this.getLatest()
    return typeof __alt === 'string' ? __alt : ''
  }
  setAlt(alt: string) {
    this.getWritable().__alt = alt
  }
  getTextContent(): string {
    return this.getAlt()
  }

  createDOM(): HTMLElement {
    const element = document.createElement('span')
    element.className = 'picture'
    element.contentEditable = 'false'
    this.draw(element)
    return element
  }
  updateDOM(before: this, element: HTMLElement): false {
    if (before.__src !== this.__src || before.__alt !== this.__alt) this.draw(element)
    return false
  }
  draw(element: HTMLElement) {
    const file = this.getFile()
    element.dataset.file = file?.id ?? ''
    let image = element.querySelector('img')
    if (!file) {
      image?.remove()
      element.textContent = this.getAlt() || 'A picture that is not there'
      return
    }
    if (!image) {
      image = document.createElement('img')
      image.loading = 'lazy'
      image.decoding = 'async'
      image.draggable = false
      image.addEventListener('error', () => element.classList.add('picture-missing'))
      image.addEventListener('load', () => element.classList.remove('picture-missing'))
      element.replaceChildren(image)
    }
    const url = contentOf(file)
    if (image.getAttribute('src') !== url) image.src = url
    image.alt = this.getAlt()
  }
  exportDOM() {
    const element = document.createElement('img')
    element.src = this.getSrc()
    element.alt = this.getAlt()
    return { element }
  }
  isInline(): true {
    return true
  }
}

export function $createImageNode(src: string, alt: string): ImageNode {
  const node = $create(ImageNode)
  node.__src = src
  node.__alt = alt
  return node
}

export const $isImageNode = (node: LexicalNode | null | undefined): node is ImageNode => node instanceof ImageNode
