<?php
/**
 * Looks whether the service is there.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_Http;

defined( 'ABSPATH' ) || exit;

/**
 * Finds out how things stand with the service, and what to do about it. The settings page and Site Health show the same.
 */
final class Connection_Check {

	private const TIMEOUT_SECONDS = 4;

	/**
	 * What was found, for all who ask within one request.
	 *
	 * @var array{is_working: bool, sentence: string, advice: string[], accounts?: int, attention?: array<int, array<string, mixed>>}|null
	 */
	private ?array $found = null;

	/**
	 * Needs the pairing, the way to the service, and a memory.
	 *
	 * @param Connection     $connection Where the service is.
	 * @param Service_Client $service    Asks it.
	 * @param Attention      $attention  Remembers what there is to see to.
	 */
	public function __construct( private readonly Connection $connection, private readonly Service_Client $service, private readonly Attention $attention ) {}

	/**
	 * Asks the service, once in a request.
	 *
	 * @return array{is_working: bool, sentence: string, advice: string[], accounts?: int, attention?: array<int, array<string, mixed>>} Plain
	 *         text; when it is working also how many accounts are read, and what keeps their mail from being read.
	 */
	public function result(): array {
		$this->found ??= $this->look();
		return $this->found;
	}

	/**
	 * Asks the service now.
	 *
	 * @return array{is_working: bool, sentence: string, advice: string[], accounts?: int, attention?: array<int, array<string, mixed>>}
	 */
	private function look(): array {
		if ( ! $this->connection->is_set_up() ) {
			return $this->not_set_up();
		}
		$health = $this->health();
		if ( null !== $health ) {
			return $health;
		}
		$status = $this->service->send( Caller::inspector(), 'GET', '/status', array(), '', self::TIMEOUT_SECONDS );
		if ( is_wp_error( $status ) ) {
			return $this->refused( $status->get_error_message() );
		}
		$service = $status->get_data();
		return array(
			'is_working' => true,
			'sentence'   => sprintf(
				/* translators: 1: Version, such as 1.2.0. 2: Number of contacts. 3: Number of addresses on hold. */
				__( 'The service answers and knows this site: version %1$s, %2$s contacts, %3$s addresses on hold.', 'return-channel' ),
				$service->version ?? '?',
				number_format_i18n( (float) ( $service->contacts ?? 0 ) ),
				number_format_i18n( (float) ( $service->onHold ?? 0 ) )
			),
			'advice'     => array_values( array_map( 'strval', (array) ( $service->problems ?? array() ) ) ),
			'accounts'   => (int) ( $service->activeAccounts ?? 0 ),
			'attention'  => $this->attention->keep( $status ),
		);
	}

	/**
	 * Asks for what needs no secret, so that "not there" and "wrong secret" can be told apart. Null when all is well.
	 *
	 * @return array{is_working: bool, sentence: string, advice: string[]}|null
	 */
	private function health(): ?array {
		$url = $this->connection->service_url();
		if ( ( new WP_Http() )->block_request( $url ) ) {
			return $this->forbidden( $url );
		}
		$answer = wp_remote_get(
			"$url/health",
			array(
				'timeout'     => self::TIMEOUT_SECONDS,
				'redirection' => 0,
			)
		);
		if ( is_wp_error( $answer ) ) {
			return $this->unreachable( $url, $answer->get_error_message() );
		}
		$health = json_decode( wp_remote_retrieve_body( $answer ), true );
		return is_array( $health ) && 'ok' === ( $health['status'] ?? '' ) ? null : $this->somebody_else( $url );
	}

	/**
	 * Nobody has paired this site yet.
	 *
	 * @return array{is_working: bool, sentence: string, advice: string[]}
	 */
	private function not_set_up(): array {
		return array(
			'is_working' => false,
			'sentence'   => __( 'This site is not connected to a Return Channel service yet.', 'return-channel' ),
			'advice'     => array(
				__( 'Start the service on this server or on another one that this server can reach.', 'return-channel' ),
				__( 'Enter its address and the secret that it was started with (RETURN_CHANNEL_SECRET).', 'return-channel' ),
			),
		);
	}

	/**
	 * Nobody answers.
	 *
	 * @param string $url    The address.
	 * @param string $detail What PHP said.
	 * @return array{is_working: bool, sentence: string, advice: string[]}
	 */
	private function unreachable( string $url, string $detail ): array {
		return array(
			'is_working' => false,
			/* translators: %s: the address of the service. */
			'sentence'   => sprintf( __( 'Nobody answers at %s.', 'return-channel' ), $url ),
			'advice'     => array(
				__( 'Is the service running? Its log says so in the line “Return Channel is ready.”', 'return-channel' ),
				__( 'Is the address right, also its port, seen from this server?', 'return-channel' ),
				/* translators: %s: an error message of PHP. */
				sprintf( __( 'PHP says: %s', 'return-channel' ), $detail ),
			),
		);
	}

	/**
	 * WordPress is told not to call anybody.
	 *
	 * @param string $url The address.
	 * @return array{is_working: bool, sentence: string, advice: string[]}
	 */
	private function forbidden( string $url ): array {
		return array(
			'is_working' => false,
			/* translators: %s: the address of the service. */
			'sentence'   => sprintf( __( 'This WordPress is not allowed to call %s.', 'return-channel' ), $url ),
			'advice'     => array(
				sprintf(
					/* translators: 1: WP_HTTP_BLOCK_EXTERNAL. 2: a host name. 3: WP_ACCESSIBLE_HOSTS. */
					__( 'Its wp-config.php blocks calls to other servers (%1$s). Add %2$s to %3$s there.', 'return-channel' ),
					'WP_HTTP_BLOCK_EXTERNAL',
					(string) wp_parse_url( $url, PHP_URL_HOST ),
					'WP_ACCESSIBLE_HOSTS'
				),
			),
		);
	}

	/**
	 * Something else answers.
	 *
	 * @param string $url The address.
	 * @return array{is_working: bool, sentence: string, advice: string[]}
	 */
	private function somebody_else( string $url ): array {
		return array(
			'is_working' => false,
			/* translators: %s: the address of the service. */
			'sentence'   => sprintf( __( 'What answers at %s is not a Return Channel service.', 'return-channel' ), $url ),
			'advice'     => array( __( 'Correct the address, also its port. The service says its own when it starts.', 'return-channel' ) ),
		);
	}

	/**
	 * The service is there and does not take our word.
	 *
	 * @param string $its_words What it said.
	 * @return array{is_working: bool, sentence: string, advice: string[]}
	 */
	private function refused( string $its_words ): array {
		return array(
			'is_working' => false,
			'sentence'   => __( 'The service is there, but it refuses this site.', 'return-channel' ),
			'advice'     => array(
				/* translators: %s: what the service said. */
				sprintf( __( 'It says: %s', 'return-channel' ), $its_words ),
				__( 'The secret here and RETURN_CHANNEL_SECRET there have to be the same, letter by letter.', 'return-channel' ),
			),
		);
	}
}
