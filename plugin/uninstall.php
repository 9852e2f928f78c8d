<?php
/**
 * Removes what the plugin keeps in WordPress, on every site. What the service knows stays with the service: it has a
 * database of its own, which outlives a plugin that is deleted by mistake or installed again.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;
defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/**
 * Removes it from the current site.
 */
function uninstall_from_site(): void {
	$options = array(
		'return_channel_connection',
		'return_channel_introduced',
		'return_channel_touched_users',
		'return_channel_all_users',
		'return_channel_roles',
		'return_channel_attention',
	);
	array_walk( $options, static fn( string $name ) => delete_option( $name ) );
	delete_metadata( 'user', 0, $GLOBALS['wpdb']->get_blog_prefix() . 'return_channel_dismissed', '', true );
	wp_clear_scheduled_hook( 'return_channel_every_minute' );
}

if ( is_multisite() ) {
	$return_channel_query = array(
		'fields' => 'ids',
		'number' => 0,
	);
	foreach ( get_sites( $return_channel_query ) as $return_channel_site ) {
		switch_to_blog( (int) $return_channel_site );
		uninstall_from_site();
		restore_current_blog();
	}
	delete_site_option( 'return_channel_connection' );
} else {
	uninstall_from_site();
}
