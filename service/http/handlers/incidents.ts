import { closeIncident, incidentDetail, listIncidents } from '../../incidents/incidents.ts';
import type { HandlersOf } from './handler.ts';

type IncidentRoutes = 'listIncidents' | 'getIncident' | 'closeIncident';

export const incidentHandlers: HandlersOf<IncidentRoutes> = {
	listIncidents: ({ site }, filters) => listIncidents(site, filters),
	getIncident: ({ site }, { id }) => incidentDetail(site, id),
	closeIncident: ({ site, caller }, { id }) => closeIncident(site, id, caller.userName),
};
