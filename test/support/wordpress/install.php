<?php
/**
 * Installs WordPress in a fresh folder, and gives it sites, people and the plugin. Runs under the embedded PHP and
 * under any other. SET_UP is JSON: {root, url, isNetwork, step, users}; the steps are "install" and "furnish", in two
 * processes, because the constants of a network may only be there from the second on.
 */

$set_up = json_decode( (string) getenv( 'SET_UP' ), true );
$url    = $set_up['url'];
$host   = preg_replace( '#^https?://#', '', $url );

$_SERVER['HTTP_HOST']       = $host;
$_SERVER['SERVER_NAME']     = explode( ':', $host )[0];
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REMOTE_ADDR']     = '127.0.0.1';
$_SERVER['REQUEST_URI']     = '/';

if ( 'install' === $set_up['step'] ) {
	define( 'WP_INSTALLING', true );
	define( 'WP_SITEURL', $url );
}
require $set_up['root'] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

function stop_on_error( $result ) {
	if ( is_wp_error( $result ) && 'no_wildcard_dns' !== $result->get_error_code() ) {
		fwrite( fopen( 'php://stderr', 'w' ), $result->get_error_message() . "\n" );
		exit( 1 );
	}
	return $result;
}

function install_wordpress( string $url, string $host, bool $is_network ): void {
	global $wpdb;
	wp_install( 'Linden Choir', 'admin', 'admin@example.org', true, '', 'password' );
	update_option( 'siteurl', $url );
	update_option( 'home', $url );
	update_option( 'permalink_structure', '/%postname%/' );
	if ( ! $is_network ) {
		return;
	}
	require_once ABSPATH . 'wp-admin/includes/network.php';
	foreach ( $wpdb->tables( 'ms_global' ) as $table => $name ) {
		$wpdb->$table = $name;
	}
	install_network();
	stop_on_error( populate_network( 1, $host, 'admin@example.org', 'Linden Choirs', '/', false ) );
}

function furnish( array $set_up, string $host ): void {
	$blogs = array( '' => 1 );
	if ( $set_up['isNetwork'] ) {
		foreach ( array( 'north' => 'North Choir', 'south' => 'South Choir' ) as $slug => $title ) {
			$blogs[ $slug ] = stop_on_error( wpmu_create_blog( $host, "/$slug/", $title, 1 ) );
		}
	}
	foreach ( $set_up['users'] as $user ) {
		if ( ! $set_up['isNetwork'] && '' !== $user['site'] ) {
			continue;
		}
		$id = stop_on_error(
			wp_insert_user(
				array(
					'user_login'   => $user['login'],
					'user_pass'    => 'password',
					'user_email'   => $user['email'],
					'first_name'   => $user['firstName'],
					'last_name'    => $user['lastName'],
					'display_name' => trim( $user['firstName'] . ' ' . $user['lastName'] ),
					'role'         => $user['role'],
				)
			)
		);
		if ( '' !== $user['site'] ) {
			add_user_to_blog( $blogs[ $user['site'] ], $id, $user['role'] );
			remove_user_from_blog( $id, 1 );
		}
	}
	if ( 'nowhere' !== $set_up['activate'] ) {
		$is_for_network = $set_up['isNetwork'] && 'network' === $set_up['activate'];
		stop_on_error( activate_plugin( 'return-channel/return-channel.php', '', $is_for_network ) );
	}
}

if ( 'install' === $set_up['step'] ) {
	install_wordpress( $url, $host, $set_up['isNetwork'] );
} else {
	furnish( $set_up, $host );
}
echo 'done';
