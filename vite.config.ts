import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [tailwindcss(), sveltekit()],
  // One Yjs in the process: the server's own modules load it from node_modules as well.
  ssr: { external: ['yjs'] },
})
