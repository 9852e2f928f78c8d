import { Notice } from '@wordpress/components';
import {
	createContext,
	useCallback,
	useContext,
	useEffect,
	useMemo,
	useRef,
	useState,
} from '@wordpress/element';
import type { ReactNode } from 'react';

export interface Posted {
	status: 'success' | 'warning' | 'error' | 'info';
	sentence: string;
	action?: { label: string; onClick: () => void };
	/** True where the person goes on working in place, or is not waiting for it; it is spoken all the same. */
	keepsFocus?: boolean;
}

interface Board {
	/** Shows a notice in place of the one before, and moves the focus to it unless it `keepsFocus`. */
	post: (notice: Posted) => void;
}

const BoardContext = createContext<Board>({ post: () => undefined });

/** The nearest place for notices: the page's, or the open panel's. */
export function useNotices(): Board {
	return useContext(BoardContext);
}

/** Gives what is inside a place for notices, above it. */
export function NoticeBoard({ children }: { children: ReactNode }) {
	const [notice, setNotice] = useState<Posted & { id: number }>();
	const place = useRef<HTMLDivElement>(null);
	const post = useCallback(
		(posted: Posted) => setNotice((before) => ({ ...posted, id: (before?.id ?? 0) + 1 })),
		[],
	);
	const board = useMemo(() => ({ post }), [post]);

	// The row or button that was acted on is often gone afterwards, and the focus with it.
	useEffect(() => {
		if (notice && !notice.keepsFocus) place.current?.focus();
	}, [notice]);

	return (
		<BoardContext.Provider value={board}>
			<div ref={place} tabIndex={-1} className="rc-notices">
				{notice && (
					<Notice
						key={notice.id}
						status={notice.status}
						spokenMessage={notice.sentence}
						onRemove={() => setNotice(undefined)}
						actions={notice.action && [{ ...notice.action, variant: 'link' }]}
					>
						{notice.sentence}
					</Notice>
				)}
			</div>
			{children}
		</BoardContext.Provider>
	);
}
