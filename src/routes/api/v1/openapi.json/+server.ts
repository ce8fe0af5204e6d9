import { json } from '../answer.ts'
import { description } from './description.ts'

export const GET = () => json(description)
