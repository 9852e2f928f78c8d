import type { ShippedReason } from '../shipped-reason.ts';

export const serverTrouble: ShippedReason = {
	name: 'server-trouble',
	label: 'Trouble on the recipient’s server',
	type: 'Host',
	fault: 'network',
	countsTowardHold: true,
	advice: 'The recipient’s server has a fault of its own. It usually passes.',
	says: [
		'(int-p*|int-t*)',
		'bad-configuration',

		'(local|internal|system|server|configuration|config|internal server|internal system|processing|queue|disk|file|i/o|database|backend|ldap|resource|software|unexpected|internal processing|temporary system|local configuration|unknown mailer|mail system|mail server|lookup|write|mapping|storage|virtual) (error|errors|failure|problem|problems|fault|exception|malfunction|write error|is misconfigured|misconfigur*|configuration error|lookup failure|lookup error|incorrectly configured)',
		'(error|problem|fault|failure) (in processing|processing|while processing|on server|on the server|in the server|with the server|internal|writing|opening|reading|accessing)',
		'(server|system|mail system|host|service) (is |)(incorrectly configured|misconfigured|not configured|not capable|not accepting (network |)messages|malfunction*|unavailable|not available|shutting down|out of service|under maintenance|in maintenance)',
		'(service|server|system|mail service|smtp service) (currently |temporarily |is |is currently |is temporarily |) (unavailable|not available|out of order|down|disabled)',
		"(not accepting (network |)messages|can't create (output|temp)|cannot (open|create|write|append|update)|unable to (open|create|write|append|access|lock)|could not (open|create|write|lock|append)|failed to (open|create|write|lock|append)|couldn't (open|create|write|lock))",
		'(i/o error|permission denied|read-only file system|cannot allocate memory|memory exhausted|out of memory|bad file descriptor|no such file or directory|lock* (failed|error|mailbox)|file exists|unable to look up|mailbox (is |)locked|mail spool|stale nfs|input/output error|operating system error|operation not permitted)',
		'(temporary|transient|temporarily) (local |lookup |server |system |service |internal |backend |)(problem|failure|error|unavailable|fault|trouble)',
		'(aliasing|alias|forwarding|forward|deferral|lookup|ldap lookup|user lookup|recipient lookup) (error|failure|failed|problem|loop error|deferred)',
		'(requested action aborted|action aborted): (local error|error in processing)',
		'(storedrv.(submit|deliver)*|agentgenerated|mailbox server is too busy|mailbox database is offline|mapi*|content conversion)',
		'(destination|recipient) (server |)(mailbox |)(database|store) (is |)(offline|unavailable|dismounted|moved)',
		'(systemfehler|interner fehler|serverfehler|erreur (interne|système|système|du serveur)|error interno|errore interno|erro interno|внутренняя ошибка|системная ошибка|system*error|システムエラー|サーバー*エラー|系统错误|系統錯誤|服务器内部错误)',
		'(technical (problem|difficult*|failure)|abnormal|crash*|malfunction)',
		'unknown (mailer |)error',
	],
	hints: [
		'(try again later|please try later|please try again|try later|come back later)',
		'(error|failure|temporar*)',
	],
};
