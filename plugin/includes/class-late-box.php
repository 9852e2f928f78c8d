<?php
/**
 * A box that comes after its page.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_Error;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * A box on one of WordPress's own pages that shows what the service knows. The page is printed with an empty box, and the
 * browser fetches what is in it, so that a service that is slow or away never holds up a page of WordPress.
 */
abstract class Late_Box {

	private const SCRIPT = 'return-channel-boxes';
	private const NONCE  = 'return-channel-box';

	/**
	 * Nobody but the box waits.
	 */
	private const TIMEOUT_SECONDS = 10;

	/**
	 * Needs the pairing and the way to the service.
	 *
	 * @param Connection     $connection Where the service is.
	 * @param Service_Client $service    Asks it.
	 */
	public function __construct( private readonly Connection $connection, private readonly Service_Client $service ) {}

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		add_action( 'wp_ajax_' . $this->action(), array( $this, 'answer' ) );
	}

	/**
	 * Answers the browser that asks for what is in the box.
	 */
	public function answer(): void {
		check_ajax_referer( self::NONCE );
		if ( ! $this->is_for_this_person() ) {
			wp_die( esc_html__( 'You are not allowed to see this.', 'return-channel' ), '', array( 'response' => 403 ) );
		}
		$answer = $this->ask( absint( $_GET['about'] ?? 0 ) );
		if ( is_wp_error( $answer ) ) {
			$this->print_problem( $answer );
		} else {
			$this->print_answer( json_decode( (string) wp_json_encode( $answer->get_data() ), true ) );
		}
		wp_die();
	}

	/**
	 * A short name in letters; no other box has it.
	 */
	abstract protected function name(): string;

	/**
	 * The route that knows what is in the box, below /v1.
	 *
	 * @param int $about Number of what the box is about.
	 */
	abstract protected function path( int $about ): string;

	/**
	 * Prints what is in the box.
	 *
	 * @param array<string, mixed> $answer The route's.
	 */
	abstract protected function print_answer( array $answer ): void;

	/**
	 * Whether this person may see such boxes at all, and there is a service to fill them.
	 */
	protected function is_for_this_person(): bool {
		return $this->connection->is_set_up() && current_user_can( Capabilities::VIEW );
	}

	/**
	 * Prints the box without its content.
	 *
	 * @param int    $about     Number of what the box is about; 0 when there is only one.
	 * @param string $url       Where to look instead when there is no JavaScript.
	 * @param string $link_text What is there.
	 */
	protected function place( int $about, string $url, string $link_text ): void {
		$this->enqueue();
		$source = add_query_arg(
			array(
				'action'      => $this->action(),
				'about'       => $about,
				'_ajax_nonce' => wp_create_nonce( self::NONCE ),
			),
			admin_url( 'admin-ajax.php' )
		);
		printf(
			'<div class="return-channel-box" data-source="%s"><div class="return-channel-box-content" aria-busy="true"><p>%s</p></div><div class="return-channel-box-said" role="status" tabindex="-1"></div></div>',
			esc_url( $source ),
			esc_html__( 'Asking the service…', 'return-channel' )
		);
		printf( '<noscript><p><a href="%s">%s</a></p></noscript>', esc_url( $url ), esc_html( $link_text ) );
	}

	/**
	 * The address of one of our pages with something open on it.
	 *
	 * @param string                    $page The page's slug.
	 * @param array<string, int|string> $view What is open.
	 */
	protected function page_url( string $page, array $view = array() ): string {
		return add_query_arg( array_map( static fn( $value ): string => rawurlencode( (string) $value ), $view ), Admin_Pages::url( $page ) );
	}

	/**
	 * A moment in the words and the time zone of this site.
	 *
	 * @param string $moment ISO 8601.
	 * @param bool   $has_time Whether the time of the day matters.
	 */
	protected function date( string $moment, bool $has_time = false ): string {
		$format = (string) get_option( 'date_format' ) . ( $has_time ? ' ' . (string) get_option( 'time_format' ) : '' );
		return (string) wp_date( $format, (int) strtotime( $moment ) );
	}

	/**
	 * Asks the service.
	 *
	 * @param int $about Number of what the box is about.
	 * @return WP_REST_Response|WP_Error
	 */
	private function ask( int $about ) {
		return $this->service->send( Caller::current_user(), 'GET', $this->path( $about ), array(), '', self::TIMEOUT_SECONDS );
	}

	/**
	 * Prints what went wrong.
	 *
	 * @param WP_Error $error Of the service, or of the way to it.
	 */
	private function print_problem( WP_Error $error ): void {
		printf(
			'<p>%s</p><p><button type="button" class="button" data-again>%s</button></p>',
			esc_html( $error->get_error_message() ),
			esc_html__( 'Try again', 'return-channel' )
		);
	}

	/**
	 * Loads what fills the boxes of a page.
	 */
	private function enqueue(): void {
		wp_enqueue_style( self::SCRIPT, plugins_url( 'assets/boxes.css', PLUGIN_FILE ), array(), VERSION );
		if ( wp_script_is( self::SCRIPT, 'enqueued' ) ) {
			return;
		}
		wp_enqueue_script( self::SCRIPT, plugins_url( 'assets/boxes.js', PLUGIN_FILE ), array( 'wp-api-fetch' ), VERSION, true );
		$words = array(
			'failed' => __( 'WordPress did not answer. Is the network there?', 'return-channel' ),
			'again'  => __( 'Try again', 'return-channel' ),
			'undo'   => __( 'Undo', 'return-channel' ),
		);
		wp_add_inline_script( self::SCRIPT, 'window.returnChannelBoxWords = ' . wp_json_encode( $words, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES ) . ';', 'before' );
	}

	/**
	 * What the browser asks admin-ajax.php for.
	 */
	private function action(): string {
		return 'return_channel_box_' . $this->name();
	}
}
