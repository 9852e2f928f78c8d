<?php
/**
 * Tells the service which site this is.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Introduces the site at first, once a day, and whenever its name or address changes.
 */
final class Introduction {

	public const OPTION = 'return_channel_introduced';

	/**
	 * Needs the pairing and the way to the service.
	 *
	 * @param Connection     $connection Where the service is.
	 * @param Service_Client $service    Carries the words.
	 */
	public function __construct( private readonly Connection $connection, private readonly Service_Client $service ) {}

	/**
	 * Says who we are, unless the service has heard it lately.
	 *
	 * @return WP_Error|null What went wrong.
	 */
	public function say_if_due(): ?WP_Error {
		$site   = array(
			'name'       => mb_substr( wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES ), 0, 250 ),
			'url'        => home_url( '/' ),
			'adminEmail' => (string) get_option( 'admin_email' ),
		);
		$words  = md5( (string) wp_json_encode( array( $site, $this->connection->fingerprint() ) ) );
		$before = get_option( self::OPTION );
		if ( is_array( $before ) && $before['words'] === $words && $before['at'] > time() - DAY_IN_SECONDS ) {
			return null;
		}
		$answer = $this->service->tell( 'PUT', '/system/site', $site );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		update_option(
			self::OPTION,
			array(
				'words' => $words,
				'at'    => time(),
			),
			true
		);
		return null;
	}
}
