<?php
/**
 * Talks to the service.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_Error;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * Sends signed requests to the service, and turns every way of failing into a WP_Error with a sentence.
 */
final class Service_Client {

	public const UNREACHABLE = 'return_channel_service_unreachable';
	public const NOT_SET_UP  = 'return_channel_not_set_up';

	/**
	 * An export of all contacts is made while it is fetched.
	 */
	private const FILE_TIMEOUT_SECONDS = 300;

	/**
	 * Bytes of an answer that should have been a file and is an error.
	 */
	private const LONGEST_ERROR = 100_000;

	/**
	 * Needs the pairing.
	 *
	 * @param Connection $connection Where the service is.
	 */
	public function __construct( private readonly Connection $connection ) {}

	/**
	 * Sends a request.
	 *
	 * @param Caller               $caller          Who asks.
	 * @param string               $method          GET, POST, PUT or DELETE.
	 * @param string               $path            Below /v1: "/bounces/12", already encoded.
	 * @param array<string, mixed> $query           Names and values of the query; only scalars are sent.
	 * @param string               $body            JSON, or empty.
	 * @param int                  $timeout_seconds When to give up.
	 * @return WP_REST_Response|WP_Error
	 */
	public function send( Caller $caller, string $method, string $path, array $query = array(), string $body = '', int $timeout_seconds = 15 ) {
		return $this->read( $this->request( $caller, $method, $path, $query, $body, array( 'timeout' => $timeout_seconds ) ) );
	}

	/**
	 * Fetches a file, which passes through a temporary one and never through memory as a whole.
	 *
	 * @param Caller               $caller Who asks.
	 * @param string               $path   Below /v1, already encoded.
	 * @param array<string, mixed> $query  Names and values of the query; only scalars are sent.
	 * @return File_Response|WP_Error
	 */
	public function fetch_file( Caller $caller, string $path, array $query = array() ) {
		$temporary = File_Response::temporary_file();
		$answer    = $this->request(
			$caller,
			'GET',
			$path,
			$query,
			'',
			array(
				'timeout'     => self::FILE_TIMEOUT_SECONDS,
				'stream'      => true,
				'filename'    => $temporary,
				// In HTTP/1.0, a file that breaks off half-way looks whole. Without curl, WordPress does not unwrap what 1.1 wraps.
				'httpversion' => function_exists( 'curl_exec' ) ? '1.1' : '1.0',
			)
		);
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		if ( 200 === wp_remote_retrieve_response_code( $answer ) && str_starts_with( (string) wp_remote_retrieve_header( $answer, 'content-disposition' ), 'attachment' ) ) {
			return new File_Response( $temporary, $answer );
		}
		$answer['body'] = (string) file_get_contents( $temporary, false, null, 0, self::LONGEST_ERROR ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- A file of our own.
		$read           = $this->read( $answer );
		return is_wp_error( $read ) ? $read : $this->not_the_service( $answer );
	}

	/**
	 * Sends what the plugin itself has to say.
	 *
	 * @param string               $method          POST or PUT.
	 * @param string               $path            Below /v1.
	 * @param array<string, mixed> $data            Becomes the JSON body.
	 * @param int                  $timeout_seconds When to give up.
	 * @return WP_REST_Response|WP_Error
	 */
	public function tell( string $method, string $path, array $data = array(), int $timeout_seconds = 15 ) {
		$body = array() === $data ? '' : (string) wp_json_encode( $data );
		return $this->send( Caller::system(), $method, $path, array(), $body, $timeout_seconds );
	}

	/**
	 * Signs a request and sends it.
	 *
	 * @param Caller               $caller  Who asks.
	 * @param string               $method  GET, POST, PUT or DELETE.
	 * @param string               $path    Below /v1, already encoded.
	 * @param array<string, mixed> $query   Names and values of the query; only scalars are sent.
	 * @param string               $body    JSON, or empty.
	 * @param array<string, mixed> $options Of WordPress's HTTP API.
	 * @return array<string, mixed>|WP_Error As WordPress's HTTP API answers; a WP_Error says it to people.
	 */
	private function request( Caller $caller, string $method, string $path, array $query, string $body, array $options ) {
		if ( ! $this->connection->is_set_up() ) {
			return new WP_Error(
				self::NOT_SET_UP,
				__( 'Return Channel does not know its service yet: enter the address and the secret on the settings page.', 'return-channel' ),
				array( 'status' => 503 )
			);
		}
		$url     = $this->connection->service_url() . "/v1$path";
		$query   = http_build_query( array_filter( $query, 'is_scalar' ), '', '&', PHP_QUERY_RFC3986 );
		$headers = Request_Signer::headers(
			$method,
			(string) wp_parse_url( $url, PHP_URL_PATH ),
			$query,
			$body,
			$caller,
			$this->connection->secret(),
			time(),
			bin2hex( random_bytes( 16 ) )
		);
		if ( '' !== $body ) {
			$headers['Content-Type'] = 'application/json';
		}
		$answer = wp_remote_request(
			'' === $query ? $url : "$url?$query",
			$options + array(
				'method'      => $method,
				'headers'     => $headers,
				'body'        => '' === $body ? null : $body,
				'redirection' => 0,
			)
		);
		// How PHP says that nobody answers differs from one PHP to the next: any failure is this one.
		return ! is_wp_error( $answer ) ? $answer : new WP_Error(
			self::UNREACHABLE,
			__( 'The Return Channel service does not answer. Is it running? The settings page says what to do.', 'return-channel' ),
			array(
				'status' => 503,
				'detail' => $answer->get_error_message(),
			)
		);
	}

	/**
	 * Reads an answer.
	 *
	 * @param array<string, mixed>|WP_Error $answer Of request().
	 * @return WP_REST_Response|WP_Error
	 */
	private function read( $answer ) {
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$status = (int) wp_remote_retrieve_response_code( $answer );
		$data   = json_decode( wp_remote_retrieve_body( $answer ) );
		if ( $status >= 400 && is_string( $data->code ?? null ) && is_string( $data->message ?? null ) ) {
			return new WP_Error( $data->code, $data->message, array( 'status' => $this->status_for_browser( $status ) ) + (array) ( $data->data ?? array() ) );
		}
		if ( $status < 200 || $status >= 300 || JSON_ERROR_NONE !== json_last_error() ) {
			return $this->not_the_service( $answer );
		}
		return new WP_REST_Response( $data, $status, $this->totals( $answer ) );
	}

	/**
	 * What answered does not speak as the service does.
	 *
	 * @param array<string, mixed> $answer From WordPress's HTTP API.
	 */
	private function not_the_service( array $answer ): WP_Error {
		return new WP_Error(
			self::UNREACHABLE,
			__( 'Something answers at the address of the Return Channel service, but it is not the service. The settings page says what to do.', 'return-channel' ),
			array(
				'status' => 502,
				/* translators: %d: HTTP status, such as 404. */
				'detail' => sprintf( __( 'The answer had the status %d.', 'return-channel' ), (int) wp_remote_retrieve_response_code( $answer ) ),
			)
		);
	}

	/**
	 * A 401 of the service is about the secret of the two servers; to a browser it would mean that the person is logged out.
	 *
	 * @param int $status Of the service's answer.
	 */
	private function status_for_browser( int $status ): int {
		return 401 === $status ? 502 : $status;
	}

	/**
	 * The totals of a list, which WordPress's REST API keeps in headers.
	 *
	 * @param array<string, mixed> $answer From WordPress's HTTP API.
	 * @return array<string, string>
	 */
	private function totals( array $answer ): array {
		$totals = array();
		foreach ( array( 'X-WP-Total', 'X-WP-TotalPages' ) as $name ) {
			$totals[ $name ] = (string) wp_remote_retrieve_header( $answer, $name );
		}
		return array_filter( $totals, 'strlen' );
	}
}
