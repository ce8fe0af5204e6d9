import type { Attachment } from 'svelte/attachments'

/** Does something each time what ends a long list comes near: reads on, before anybody has to ask. */
export const asEndNears = (act: () => void): Attachment<HTMLElement> => (node) => {
  const observer = new IntersectionObserver(([seen]) => {
    if (seen?.isIntersecting) act()
  }, { root: node.closest('main'), rootMargin: '800px' })
  observer.observe(node)
  return () => observer.disconnect()
}
