<?php
/**
 * An answer that is a file.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * A file of the service on its way to the browser, with the headers that keep a browser from running it. It lies in a
 * temporary file, so that the biggest one takes no memory to speak of.
 */
final class File_Response extends WP_REST_Response {

	/**
	 * The service's headers that the browser gets. That nobody keeps a copy WordPress says by itself.
	 */
	private const HEADERS = array( 'Content-Type', 'Content-Disposition', 'Content-Security-Policy', 'X-Content-Type-Options' );

	/**
	 * Takes over what was fetched.
	 *
	 * @param string               $path   Of the temporary file.
	 * @param array<string, mixed> $answer From WordPress's HTTP API.
	 */
	public function __construct( private readonly string $path, array $answer ) {
		parent::__construct();
		foreach ( self::HEADERS as $name ) {
			$value = (string) wp_remote_retrieve_header( $answer, $name );
			if ( '' !== $value ) {
				$this->header( $name, $value );
			}
		}
		// PHP can be told to compress whatever it sends.
		if ( ! ini_get( 'zlib.output_compression' ) ) {
			$this->header( 'Content-Length', (string) filesize( $path ) );
		}
	}

	/**
	 * A new, empty file that goes when the request ends, however it ends.
	 */
	public static function temporary_file(): string {
		require_once ABSPATH . 'wp-admin/includes/file.php';
		$path = wp_tempnam( 'return-channel' );
		register_shutdown_function( static fn() => wp_delete_file( $path ) );
		return $path;
	}

	/**
	 * Sends the bytes.
	 */
	public function send(): void {
		// A buffer would hold all of it.
		while ( ob_get_level() > 0 && ob_end_clean() ) {
			continue;
		}
		readfile( $this->path ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- WP_Filesystem reads a file into memory.
	}
}
