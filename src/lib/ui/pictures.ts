import { getContext, setContext } from 'svelte'

/** Where the picture of somebody is; `null` where they have none. */
type PictureOf = (id: string) => string | null

const key = Symbol('pictures of people')

/** From here on, every avatar below knows whose picture is where. */
export const providePictures = (pictureOf: PictureOf) => void setContext(key, pictureOf)

export const usePictures = (): PictureOf => getContext<PictureOf | undefined>(key) ?? (() => null)
