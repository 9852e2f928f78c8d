<?php
/**
 * What the plugin is made of.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * Makes the parts, gives each what it needs, and lets it hook itself into WordPress.
 */
final class Plugin {

	/**
	 * Starts the plugin; WordPress has just loaded its file.
	 */
	public static function start(): void {
		$connection = new Connection();
		$service    = new Service_Client( $connection );
		$attention  = new Attention( $service );
		$check      = new Connection_Check( $connection, $service, $attention );
		$parts      = new User_Parts( $service );
		$all_users  = new All_Users( $connection, $parts );
		$touched    = new Touched_Users( $connection, $parts, $all_users );
		$grants     = new Role_Grants();
		$settings   = new Settings_Page( $connection, $check, new Role_Grants_Form( $grants ) );

		( new Capabilities( $grants ) )->register();
		( new Rest_Proxy( $service ) )->register();
		$touched->register();
		( new Cron( $connection, $service, new Introduction( $connection, $service ), $touched, $all_users, $attention ) )->register();
		( new Admin_Pages( $connection, $settings ) )->register();
		$attention->register();
		( new Attention_Notice( $attention ) )->register();
		( new Site_Health( $check ) )->register();
		( new Privacy( $connection, $service ) )->register();
		( new User_Box( $connection, $service ) )->register();
		( new Dashboard_Widget( $connection, $service ) )->register();
	}

	/**
	 * Calls something once in every site that this activation or removal concerns.
	 *
	 * @param bool     $is_for_network Every site of the network, or only the current one.
	 * @param callable $work           Is called without arguments, with the site switched to.
	 */
	public static function in_each_site( bool $is_for_network, callable $work ): void {
		if ( ! $is_for_network || ! is_multisite() ) {
			$work();
			return;
		}
		$ids = get_sites(
			array(
				'fields' => 'ids',
				'number' => 0,
			)
		);
		foreach ( $ids as $id ) {
			switch_to_blog( (int) $id );
			$work();
			restore_current_blog();
		}
	}
}
