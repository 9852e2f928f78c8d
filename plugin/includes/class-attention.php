<?php
/**
 * What keeps mail from being read.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * Remembers what the service said somebody should see to, so that WordPress's pages can show it without asking: mail
 * accounts that fail, authorisations that were lost. The service tells it with each turn of the cron.
 */
final class Attention {

	public const OPTION = 'return_channel_attention';

	/**
	 * When the settings page or a mail account's form waits for it.
	 */
	private const TIMEOUT_SECONDS = 4;

	/**
	 * Routes after which things may be different.
	 */
	private const CHANGING = array( 'addAccount', 'changeAccount', 'deleteAccount', 'finishAuthorisation', 'forgetAuthorisation' );

	/**
	 * Needs the way to the service.
	 *
	 * @param Service_Client $service Asks it.
	 */
	public function __construct( private readonly Service_Client $service ) {}

	/**
	 * Hooks into our own REST routes.
	 */
	public function register(): void {
		add_action( Rest_Proxy::FORWARDED, array( $this, 'refresh_after' ) );
	}

	/**
	 * What there is to see to, as it was when the service said so last.
	 *
	 * @return array<int, array{key: string, kind: string, account: int, name: string, sentence: string, urgent: bool}>
	 */
	public function items(): array {
		return array_values( array_filter( (array) get_option( self::OPTION, array() ), 'is_array' ) );
	}

	/**
	 * Remembers what an answer of the service says, if it says anything of it.
	 *
	 * @param WP_REST_Response $answer Of a route that tells.
	 * @return array<int, array{key: string, kind: string, account: int, name: string, sentence: string, urgent: bool}>
	 */
	public function keep( WP_REST_Response $answer ): array {
		$said = $answer->get_data()->attention ?? null;
		if ( ! is_array( $said ) ) {
			return array();
		}
		$items = array_map(
			static fn( object $item ): array => array(
				'key'      => (string) $item->key,
				'kind'     => (string) $item->kind,
				'account'  => (int) $item->accountId,
				'name'     => (string) $item->accountName,
				'sentence' => (string) $item->sentence,
				'urgent'   => (bool) $item->isUrgent,
			),
			$said
		);
		if ( $items !== $this->items() ) {
			update_option( self::OPTION, $items );
		}
		return $items;
	}

	/**
	 * Asks the service anew after something was changed.
	 *
	 * @param string $route Name of the route that changed it.
	 */
	public function refresh_after( string $route ): void {
		if ( ! in_array( $route, self::CHANGING, true ) ) {
			return;
		}
		$status = $this->service->send( Caller::inspector(), 'GET', '/status', array(), '', self::TIMEOUT_SECONDS );
		if ( ! is_wp_error( $status ) ) {
			$this->keep( $status );
		}
	}

	/**
	 * Where an account is authorised again.
	 *
	 * @param int $account Its number.
	 */
	public static function authorise_url( int $account ): string {
		return add_query_arg( 'authorise', $account, Admin_Pages::url( 'return-channel-accounts' ) );
	}
}
