<?php
/**
 * WordPress's own privacy tools.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Adds what the service knows of a person to Tools → Export Personal Data, erases it with Tools → Erase Personal Data, and
 * suggests what the site's privacy policy may say.
 */
final class Privacy {

	private const NAME = 'return-channel';

	/**
	 * A page of the export reads mails.
	 */
	private const TIMEOUT_SECONDS = 60;

	/**
	 * Needs the pairing and the way to the service.
	 *
	 * @param Connection     $connection Where the service is.
	 * @param Service_Client $service    Asks it.
	 */
	public function __construct( private readonly Connection $connection, private readonly Service_Client $service ) {}

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		add_filter( 'wp_privacy_personal_data_exporters', array( $this, 'add_exporter' ) );
		add_filter( 'wp_privacy_personal_data_erasers', array( $this, 'add_eraser' ) );
		add_action( 'admin_init', array( $this, 'suggest_policy' ) );
	}

	/**
	 * Adds ours to WordPress's exporters.
	 *
	 * @param array<string, array<string, mixed>> $exporters Those there are.
	 * @return array<string, array<string, mixed>>
	 */
	public function add_exporter( $exporters ): array {
		$exporters[ self::NAME ] = array(
			'exporter_friendly_name' => __( 'Return Channel: contacts, filed mail and bounces', 'return-channel' ),
			'callback'               => array( $this, 'export' ),
		);
		return $exporters;
	}

	/**
	 * Adds ours to WordPress's erasers.
	 *
	 * @param array<string, array<string, mixed>> $erasers Those there are.
	 * @return array<string, array<string, mixed>>
	 */
	public function add_eraser( $erasers ): array {
		$erasers[ self::NAME ] = array(
			'eraser_friendly_name' => __( 'Return Channel: contacts, filed mail and bounces', 'return-channel' ),
			'callback'             => array( $this, 'erase' ),
		);
		return $erasers;
	}

	/**
	 * One page of what the service knows of a person.
	 *
	 * @param string $email The person's address.
	 * @param int    $page  From 1.
	 * @return array<string, mixed>|WP_Error As WordPress wants it.
	 */
	public function export( $email, $page = 1 ) {
		$nothing = array(
			'data' => array(),
			'done' => true,
		);
		return $this->ask( '/system/privacy/export', (string) $email, (int) $page, $nothing );
	}

	/**
	 * Erases one page of what the service knows of a person.
	 *
	 * @param string $email The person's address.
	 * @param int    $page  From 1.
	 * @return array<string, mixed>|WP_Error As WordPress wants it.
	 */
	public function erase( $email, $page = 1 ) {
		$nothing = array(
			'items_removed'  => false,
			'items_retained' => false,
			'messages'       => array(),
			'done'           => true,
		);
		return $this->ask( '/system/privacy/erase', (string) $email, (int) $page, $nothing );
	}

	/**
	 * Adds our paragraphs to Settings → Privacy → Policy Guide.
	 */
	public function suggest_policy(): void {
		$paragraphs = array(
			__( 'When mail that we sent cannot be delivered, or somebody answers it automatically, our mail program reads the message that comes back. It keeps the address, the reason, and for a limited time the message itself, so that we stop writing to addresses that do not work.', 'return-channel' ),
			__( 'Mail that is sent to certain addresses of ours is filed: its subject, its text, its attachments, its date, and the names and addresses of those who wrote and received it are kept with our contacts.', 'return-channel' ),
			__( 'The names, e-mail addresses and roles of the users of this website are kept as contacts, too. All this is kept on our own servers and passed on to nobody.', 'return-channel' ),
		);
		$html       = sprintf( '<p class="privacy-policy-tutorial">%s</p>', esc_html__( 'Say here which of your addresses file mail, and for how long: Filed mail → Settings shows the times.', 'return-channel' ) );
		foreach ( $paragraphs as $paragraph ) {
			$html .= sprintf( '<p>%s</p>', esc_html( $paragraph ) );
		}
		wp_add_privacy_policy_content( 'Return Channel', $html );
	}

	/**
	 * Asks the service. A service that does not answer is an error, because the administrator must not believe that a half
	 * export is all; a site without a service has nothing to tell.
	 *
	 * @param string               $path    Below /v1.
	 * @param string               $email   The person's address.
	 * @param int                  $page    From 1.
	 * @param array<string, mixed> $nothing What to say without a service.
	 * @return array<string, mixed>|WP_Error
	 */
	private function ask( string $path, string $email, int $page, array $nothing ) {
		if ( ! $this->connection->is_set_up() ) {
			return $nothing;
		}
		$question = array(
			'email' => $email,
			'page'  => $page,
		);
		$answer   = $this->service->tell( 'POST', $path, $question, self::TIMEOUT_SECONDS );
		// WordPress wants arrays all the way down.
		return is_wp_error( $answer ) ? $answer : (array) json_decode( (string) wp_json_encode( $answer->get_data() ), true );
	}
}
