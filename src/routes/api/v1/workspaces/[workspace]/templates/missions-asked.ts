import { isId, type MissionId } from '#lib/board/ids.ts'
import { templateLimits } from '#lib/templates/template.ts'
import { ApiError } from '../../../answer.ts'

/** Missions that become a template: with those that they are connected to by their order, and with their attachments. */
export function missionsAsked(value: unknown): { missions: MissionId[]; withConnected: boolean; withFiles: boolean } {
  const { missions, connected, files } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (!Array.isArray(missions) || missions.length === 0 || missions.length > templateLimits.missions || !missions.every(isId)) {
    throw new ApiError(400, 'bad_field', `"missions" must be a list of 1 to ${templateLimits.missions} ids.`, 'missions')
  }
  return { missions: missions as MissionId[], withConnected: connected === true, withFiles: files === true }
}
