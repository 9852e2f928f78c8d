<?php
/**
 * What .htaccess does for Apache, for `php -S`: WordPress's rules for a subdirectory network, and no secrets.
 */

$root = (string) $_SERVER['DOCUMENT_ROOT'];
$path = rawurldecode( parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) ?? '/' );

$is_moved = 0;
$path     = preg_replace( '#^/[_0-9a-zA-Z-]+(/wp-(?:content|admin|includes)(?:/.*)?)$#', '$1', $path, 1, $is_moved );
if ( ! $is_moved && ! is_file( $root . $path ) ) {
	$path = preg_replace( '#^/[_0-9a-zA-Z-]+(/[^/]+\.php)$#', '$1', $path );
}
if ( preg_match( '#(^|/)\.|\.(sqlite|log)$|/\.\./#i', $path ) ) {
	http_response_code( 403 );
	exit( 'Forbidden' );
}

$file = $root . $path;
if ( is_dir( $file ) ) {
	if ( ! str_ends_with( $path, '/' ) ) {
		header( 'Location: ' . $path . '/' );
		exit;
	}
	$path .= 'index.php';
	$file .= 'index.php';
}
if ( is_file( $file ) && ! str_ends_with( $file, '.php' ) ) {
	$types = array(
		'css' => 'text/css',
		'js'  => 'text/javascript',
		'svg' => 'image/svg+xml',
		'png' => 'image/png',
	);
	header( 'Content-Type: ' . ( $types[ pathinfo( $file, PATHINFO_EXTENSION ) ] ?? mime_content_type( $file ) ) );
	readfile( $file );
	exit;
}
if ( ! is_file( $file ) ) {
	$path = '/index.php';
	$file = $root . $path;
}
$_SERVER['SCRIPT_NAME']     = $path;
$_SERVER['PHP_SELF']        = $path;
$_SERVER['SCRIPT_FILENAME'] = $file;
chdir( dirname( $file ) );
require $file;
