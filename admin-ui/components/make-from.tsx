import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { theScreen } from '../screen.ts';
import { expressionFor } from '../words/expression.ts';

/** From the words of a mail to a rule or a pattern: opens the form with an expression for them. */
export function MakeFrom({ words }: { words: string }) {
	const { canManage, pageUrls } = theScreen();
	const expression = expressionFor(words.slice(0, 300));
	if (!canManage || !expression) return null;
	const query = new URLSearchParams({ expression });
	return (
		<div className="rc-buttons">
			{pageUrls?.rules && (
				<Button
					variant="secondary"
					__next40pxDefaultSize
					href={`${pageUrls.rules}&rule=new&${query}`}
				>
					{__('Make a rule from this', 'return-channel')}
				</Button>
			)}
			{pageUrls?.types && (
				<Button
					variant="secondary"
					__next40pxDefaultSize
					href={`${pageUrls.types}&section=patterns&pattern=new&${query}`}
				>
					{__('Make a pattern from this', 'return-channel')}
				</Button>
			)}
		</div>
	);
}
