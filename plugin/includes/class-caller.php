<?php
/**
 * Who asks the service.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * The site, the person and the capabilities that a signed request speaks for.
 */
final class Caller {

	/**
	 * Use the named constructors.
	 *
	 * @param string $site         Number of the site.
	 * @param string $user         Number of the user and, in base64, the name that the audit log shows; "0" is the plugin.
	 * @param string $capabilities Comma-separated: view, manage, edit-inbound, edit-inbound-content, system.
	 */
	private function __construct(
		public readonly string $site,
		public readonly string $user,
		public readonly string $capabilities
	) {}

	/**
	 * The person who is logged in, with what they may do in the current site.
	 */
	public static function current_user(): self {
		$names = array_filter( Capabilities::OF_ROUTES, 'current_user_can' );
		return new self( (string) get_current_blog_id(), self::name_of_user(), implode( ',', array_keys( $names ) ) );
	}

	/**
	 * The plugin itself, at its own work: cron, users, introduction, personal data. When it works for somebody, the audit log
	 * shows for whom.
	 */
	public static function system(): self {
		return new self( (string) get_current_blog_id(), self::name_of_user(), 'system' );
	}

	/**
	 * The plugin itself, looking whether all is well.
	 */
	public static function inspector(): self {
		return new self( (string) get_current_blog_id(), '0', 'view' );
	}

	/**
	 * The number and the name of the person who is logged in; "0" when nobody is.
	 */
	private static function name_of_user(): string {
		$user = wp_get_current_user();
		// Header values are ASCII and names are not.
		return 0 === $user->ID ? '0' : $user->ID . ' ' . base64_encode( mb_substr( $user->display_name, 0, 100 ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
	}
}
