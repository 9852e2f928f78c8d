<?php
/**
 * The configuration of a WordPress that the demo and the tests run. It stands above the document root, as do the
 * database and the logs. Its constants come from constants.json beside it, which start-wordpress.ts writes.
 */

foreach ( json_decode( (string) file_get_contents( __DIR__ . '/constants.json' ), true ) as $name => $value ) {
	define( $name, $value );
}

define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', '' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
define( 'DB_DIR', __DIR__ . '/database' );
// Not WAL: its index lies in memory that processes share, and instances of PHP as WebAssembly share none. One would write over
// what the other has written.
define( 'SQLITE_JOURNAL_MODE', 'TRUNCATE' );

define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', __DIR__ . '/logs/php.log' );

// Nothing here may wait for, or change itself over, the internet. Without DISALLOW_FILE_MODS, "Delete" in the list of
// plugins would delete the checkout that the plugin is mounted from.
define( 'DISABLE_WP_CRON', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost' );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'DISALLOW_FILE_MODS', true );
define( 'WP_ENVIRONMENT_TYPE', 'local' );

$table_prefix = 'wp_';

if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/wordpress/' );
}
require_once ABSPATH . 'wp-settings.php';
