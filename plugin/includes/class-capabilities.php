<?php
/**
 * Who may do what.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * The plugin's capabilities. They are worked out from WordPress's own when they are asked for, so that nothing is written
 * into the roles and nothing is left behind.
 */
final class Capabilities {

	public const VIEW                 = 'view_return_channel';
	public const MANAGE               = 'manage_return_channel';
	public const EDIT_INBOUND         = 'edit_inbound_email_basics';
	public const EDIT_INBOUND_CONTENT = 'edit_inbound_email_content';
	public const MANAGE_NETWORK       = 'manage_network_return_channel';

	/**
	 * What the service and routes.json call them. Editing the content of filed mail includes editing the rest of it.
	 */
	public const OF_ROUTES = array(
		'view'                 => self::VIEW,
		'manage'               => self::MANAGE,
		'edit-inbound'         => self::EDIT_INBOUND,
		'edit-inbound-content' => self::EDIT_INBOUND_CONTENT,
	);

	/**
	 * What each takes, unless the filter says otherwise.
	 */
	private const USUAL = array(
		self::VIEW                 => 'manage_options',
		self::MANAGE               => 'manage_options',
		self::EDIT_INBOUND         => 'manage_options',
		self::EDIT_INBOUND_CONTENT => 'manage_options',
		self::MANAGE_NETWORK       => 'manage_network_options',
	);

	/**
	 * Needs what the site's administrators give to roles.
	 *
	 * @param Role_Grants $grants Role → what it may.
	 */
	public function __construct( private readonly Role_Grants $grants ) {}

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		add_filter( 'map_meta_cap', array( $this, 'map' ), 10, 3 );
	}

	/**
	 * Translates our capabilities into WordPress's.
	 *
	 * @param string[] $required   What WordPress would require.
	 * @param string   $capability What was asked for.
	 * @param int      $user       Number of the user whom it is about.
	 * @return string[]
	 */
	public function map( $required, $capability, $user ): array {
		if ( ! isset( self::USUAL[ $capability ] ) ) {
			return $required;
		}
		if ( $this->grants->give( (int) $user, $capability ) ) {
			// Everybody has this one.
			return array( 'exist' );
		}
		// A site alone is its own network.
		$usual = is_multisite() || self::MANAGE_NETWORK !== $capability ? self::USUAL[ $capability ] : 'manage_options';

		/**
		 * Filters which of WordPress's capabilities gives one of Return Channel's.
		 *
		 * @param string $usual      Such as "manage_options"; "edit_posts" would let editors in.
		 * @param string $capability "view_return_channel", "manage_return_channel", "edit_inbound_email_basics",
		 *                           "edit_inbound_email_content" or "manage_network_return_channel".
		 */
		return array( (string) apply_filters( 'return_channel_capability', $usual, $capability ) );
	}
}
