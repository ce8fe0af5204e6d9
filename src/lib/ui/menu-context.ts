import { createContext } from 'svelte'

/** What an item needs of the menu around it. */
export const [getMenu, setMenu] = createContext<{ close: () => void }>()
