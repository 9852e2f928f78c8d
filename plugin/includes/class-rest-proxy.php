<?php
/**
 * The REST routes.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * Offers the service's routes over WordPress's REST API: those that routes.json names and no others, each for those who
 * have its capability. Letters are carried, not read.
 */
final class Rest_Proxy {

	public const REST_NAMESPACE = 'return-channel/v1';

	/**
	 * Is done after the service has carried out a request, with the name of its route.
	 */
	public const FORWARDED = 'return_channel_forwarded';

	/**
	 * When to give up. A deed may be for a hundred thousand contacts, and is done even if nobody waits for its end.
	 */
	private const GET_SECONDS  = 15;
	private const DEED_SECONDS = 60;

	/**
	 * Needs the way to the service.
	 *
	 * @param Service_Client $service Carries the requests.
	 */
	public function __construct( private readonly Service_Client $service ) {}

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'register_routes' ) );
		add_filter( 'rest_pre_serve_request', array( $this, 'serve_file' ), 10, 3 );
	}

	/**
	 * Registers every route of routes.json, which is generated from the contract.
	 */
	public function register_routes(): void {
		foreach ( (array) wp_json_file_decode( __DIR__ . '/../routes.json', array( 'associative' => true ) ) as $route ) {
			$capability = Capabilities::OF_ROUTES[ $route['capability'] ];
			register_rest_route(
				self::REST_NAMESPACE,
				$route['path'],
				array(
					'methods'             => $route['method'],
					'callback'            => fn( WP_REST_Request $request ) => $this->forward( $route, $request ),
					'permission_callback' => static fn(): bool => current_user_can( $capability ),
				)
			);
		}
	}

	/**
	 * Sends a file's bytes where WordPress would send JSON; its headers are out already.
	 *
	 * @param bool             $is_served Whether somebody has sent something already.
	 * @param \WP_HTTP_Response $answer   What a route answered.
	 * @param WP_REST_Request  $request   What the browser sent.
	 */
	public function serve_file( $is_served, $answer, $request ): bool {
		if ( $is_served || ! $answer instanceof File_Response ) {
			return (bool) $is_served;
		}
		if ( 'HEAD' !== $request->get_method() ) {
			$answer->send();
		}
		return true;
	}

	/**
	 * Forwards a request, which WordPress has allowed.
	 *
	 * @param array{name: string, method: string, path: string, answersFile?: true} $route   A row of routes.json.
	 * @param WP_REST_Request                                                       $request What the browser sent.
	 * @return \WP_REST_Response|WP_Error
	 */
	private function forward( array $route, WP_REST_Request $request ) {
		$path  = $this->path( $route['path'], $request->get_url_params() );
		$query = $this->query( $request->get_query_params() );
		if ( ! empty( $route['answersFile'] ) ) {
			return $this->service->fetch_file( Caller::current_user(), $path, $query );
		}
		$body = in_array( $route['method'], array( 'POST', 'PUT' ), true ) ? (string) $request->get_body() : '';
		if ( '' !== $body && ! $request->is_json_content_type() ) {
			return new WP_Error( 'rest_unsupported_media_type', __( 'Send JSON to this route.', 'return-channel' ), array( 'status' => 415 ) );
		}
		$timeout = 'GET' === $route['method'] ? self::GET_SECONDS : self::DEED_SECONDS;
		$answer  = $this->service->send( Caller::current_user(), $route['method'], $path, $query, $body, $timeout );
		if ( ! is_wp_error( $answer ) ) {
			do_action( self::FORWARDED, $route['name'] );
		}
		return $answer;
	}

	/**
	 * Puts the parameters into their places.
	 *
	 * @param string                $pattern    Of routes.json: "/bounces/(?P<id>\d+)".
	 * @param array<string, string> $parameters What WordPress found in their places.
	 */
	private function path( string $pattern, array $parameters ): string {
		return (string) preg_replace_callback(
			'/\(\?P<(\w+)>[^)]*\)/',
			static fn( array $group ): string => rawurlencode( (string) $parameters[ $group[1] ] ),
			$pattern
		);
	}

	/**
	 * The query without what is WordPress's own (`_locale`, `_wpnonce`, `rest_route` …).
	 *
	 * @param array<string, mixed> $query As the browser sent it.
	 * @return array<string, mixed>
	 */
	private function query( array $query ): array {
		return array_filter(
			$query,
			static fn( $name ): bool => 'rest_route' !== $name && ! str_starts_with( (string) $name, '_' ),
			ARRAY_FILTER_USE_KEY
		);
	}
}
