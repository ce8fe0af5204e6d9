import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [tailwindcss(), sveltekit()],
  worker: { format: 'es' },
  // One Yjs in the process: the server's own modules load it from node_modules as well.
  ssr: { external: ['yjs'] },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // Over HTTP/1.1 a browser fetches six files at a time, so what every board needs comes in few;
            // the editor, Markdown and charts stay with the pages that use them. Small modules that several pages share cost more as
            // files of their own than as a part of one that some page does not need.
            codeSplitting: {
              groups: [
                { name: 'framework', test: /node_modules\/(svelte|@sveltejs|esm-env|clsx|devalue)\/|preload-helper/, priority: 3 },
                { name: 'sync', test: /node_modules\/(yjs|lib0|y-[a-z]+|@hocuspocus|@lifeomic|nanoid)\//, priority: 2 },
                { name: 'shared', test: /\/src\/lib\/(board|sync|ui|workspace)\/|\/src\/routes\/[\w-]+\.(ts|svelte)|node_modules\/@lucide\//, minShareCount: 2, priority: 1 },
                { name: 'common', test: /\/src\/(?!.*\/(routines|editor)\/)/, minShareCount: 2, maxModuleSize: 16_000, priority: 0 },
              ],
            },
          },
        },
      },
    },
  },
})
