import type { ReactNode } from 'react';
import type { HoldKind } from '../../service/contract/address.ts';
import type { BounceTypeName, Trust } from '../../service/contract/bounce.ts';
import { trustExplained, trustLabel, typeExplained } from '../words/bounces.ts';
import { holdLabel } from '../words/holds.ts';

export type Tone = 'plain' | 'good' | 'info' | 'warning' | 'bad';

/** A word in a coloured pill. The word carries the meaning; the colour only helps to find it. */
export function Badge({
	tone = 'plain',
	title,
	children,
}: {
	tone?: Tone;
	title?: string;
	children: ReactNode;
}) {
	return (
		<span className={`rc-badge is-${tone}`} title={title}>
			{children}
		</span>
	);
}

export function TypeBadge({ type }: { type: BounceTypeName }) {
	return <Badge title={typeExplained(type) || undefined}>{type}</Badge>;
}

const toneOfTrust: Record<Trust, Tone> = { proved: 'good', plausible: 'info', unproved: 'warning' };

export function TrustBadge({ trust }: { trust: Trust }) {
	return (
		<Badge tone={toneOfTrust[trust]} title={trustExplained(trust)}>
			{trustLabel(trust)}
		</Badge>
	);
}

const toneOfHold: Record<HoldKind, Tone> = { bounce: 'bad', 'opt-out': 'info', manual: 'warning' };

export function HoldBadge({ hold }: { hold: HoldKind }) {
	return <Badge tone={toneOfHold[hold]}>{holdLabel(hold)}</Badge>;
}
