import type { Component } from 'svelte'

/** Any icon of `@lucide/svelte/icons/…`, or one of ours that takes a class. */
export type IconComponent = Component<{ class?: string }>
