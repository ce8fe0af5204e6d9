import { $create, DecoratorNode, type LexicalNode, type SerializedLexicalNode, type Spread } from 'lexical'
import { parseReference, type Reference } from '../board/reference.ts'
import { callOf } from './call.ts'

type SerializedMention = Spread<{ reference: string; name: string }, SerializedLexicalNode>

/** Somebody or something that is spoken of: one thing in the text, deleted whole. It keeps what is meant, not how it is called today. */
export class MentionNode extends DecoratorNode<null> {
  __target = ''
  __name = ''

  $config() {
    return this.config('mention', { extends: DecoratorNode })
  }
  afterCloneFrom(before: this) {
    super.afterCloneFrom(before)
    this.__target = before.__target
    this.__name = before.__name
  }
  static importJSON(serialized: SerializedMention): MentionNode {
    return $createMentionNode(serialized.reference, serialized.name)
  }
  exportJSON(): SerializedMention {
    return { ...super.exportJSON(), reference: this.getTarget(), name: this.getName() }
  }

  /** Peers write it too, so it may be anything. */
  getReference(): Reference | null {
    const { __target } = this.getLatest()
    return typeof __target === 'string' ? parseReference(__target) : null
  }
  getTarget(): string {
    return String(this.getLatest().__target)
  }
  getName(): string {
    const { __name } = this.getLatest()
    return typeof __name === 'string' ? __name : ''
  }
  getTextContent(): string {
    return this.getName()
  }

  createDOM(): HTMLElement {
    const element = document.createElement('span')
    element.className = 'mention'
    element.contentEditable = 'false'
    drawMention(element, this)
    return element
  }
  updateDOM(_before: this, element: HTMLElement): false {
    drawMention(element, this)
    return false
  }
  exportDOM() {
    const element = document.createElement('a')
    element.href = this.getTarget()
    element.textContent = callOf(this.getReference(), this.getName())
    return { element }
  }
  isInline(): true {
    return true
  }
}

/** What it was called when it was written; whoever knows how it is called now draws that over it. */
function drawMention(element: HTMLElement, node: MentionNode) {
  const reference = node.getReference()
  element.dataset.reference = reference ? node.getTarget() : ''
  element.dataset.name = node.getName()
  element.dataset.kind = reference?.kind ?? ''
  if (!element.firstChild) element.textContent = callOf(reference, node.getName())
}

export function $createMentionNode(target: string, name: string): MentionNode {
  const node = $create(MentionNode)
  node.__target = target
  node.__name = name
  return node
}

export const $isMentionNode = (node: LexicalNode | null | undefined): node is MentionNode => node instanceof MentionNode
