import type { ActivitySummary } from '../../../service/contract/activity.ts';
import { Badge } from '../../components/badge.tsx';

/** The case or ticket that a mail belongs to, where its subject does not say so itself: it may have been edited. */
export function Token({
	mail: { subject, token },
}: {
	mail: Pick<ActivitySummary, 'subject' | 'token'>;
}) {
	if (!token || subject.toLowerCase().includes(token.toLowerCase())) return null;
	return <Badge tone="info">{token}</Badge>;
}
