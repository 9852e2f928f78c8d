<?php
/**
 * Plugin Name: A site of the demo or the tests
 * Description: Keeps mail in a file, asks nothing of the internet, and tells which sites there are.
 */

defined( 'ABSPATH' ) || exit;

add_filter(
	'pre_wp_mail',
	static function ( $sent, array $mail ): bool {
		$line = wp_json_encode(
			array(
				'to'      => $mail['to'],
				'subject' => $mail['subject'],
				'message' => $mail['message'],
			)
		);
		file_put_contents( dirname( ABSPATH ) . '/logs/mails.jsonl', "$line\n", FILE_APPEND | LOCK_EX );
		return true;
	},
	10,
	2
);

// Looking for updates would fail, and say so in the log that the tests want empty.
foreach ( array( 'core', 'plugins', 'themes' ) as $what ) {
	remove_action( 'admin_init', "_maybe_update_$what" );
}
foreach ( array( 'wp_version_check', 'wp_update_plugins', 'wp_update_themes', 'wp_maybe_auto_update' ) as $hook ) {
	remove_all_actions( $hook );
}
foreach ( array( 'plugins', 'themes', 'update', 'update-core' ) as $page ) {
	remove_action( "load-$page.php", 'wp_update_plugins' );
	remove_action( "load-$page.php", 'wp_update_themes' );
}

add_filter( 'pre_option_show_avatars', static fn(): string => '0' );

// The launcher calls every site's wp-cron.php; this is where it asks which there are.
add_action(
	'wp_ajax_nopriv_test_sites',
	static function (): void {
		$ids = is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array( 1 );
		wp_send_json( array_map( static fn( $id ): string => trailingslashit( get_home_url( (int) $id ) ), $ids ) );
	}
);
