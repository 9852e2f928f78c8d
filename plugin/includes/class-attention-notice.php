<?php
/**
 * The notices on WordPress's pages.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * Tells those who may manage mail accounts when one needs a person: on every page of wp-admin, until it is mended, or until
 * they dismiss it, and then again when something about it has changed.
 */
final class Attention_Notice {

	private const ACTION = 'return_channel_dismiss';
	private const META   = 'return_channel_dismissed';

	/**
	 * Needs what there is to see to.
	 *
	 * @param Attention $attention Remembers it.
	 */
	public function __construct( private readonly Attention $attention ) {}

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		add_action( 'admin_notices', array( $this, 'print_notices' ) );
		add_action( 'wp_ajax_' . self::ACTION, array( $this, 'dismiss' ) );
	}

	/**
	 * Prints what is urgent and was not dismissed.
	 */
	public function print_notices(): void {
		if ( ! current_user_can( Capabilities::MANAGE ) || $this->says_it_itself() ) {
			return;
		}
		$dismissed = $this->dismissed();
		foreach ( $this->attention->items() as $item ) {
			if ( $item['urgent'] && 0 !== $item['account'] && ! in_array( $item['key'], $dismissed, true ) ) {
				$this->print_notice( $item );
			}
		}
	}

	/**
	 * Remembers for this person and site that a notice need not be shown again; answers the browser.
	 */
	public function dismiss(): void {
		check_ajax_referer( self::ACTION );
		if ( ! current_user_can( Capabilities::MANAGE ) ) {
			wp_die( '', '', array( 'response' => 403 ) );
		}
		$key  = sanitize_text_field( wp_unslash( $_POST['key'] ?? '' ) );
		$keys = array_column( $this->attention->items(), 'key' );
		// What is over need not be remembered; what was just dismissed is, whatever another process wrote meanwhile.
		$dismissed = array_unique( array( ...array_intersect( $this->dismissed(), $keys ), $key ) );
		update_user_option( get_current_user_id(), self::META, array_values( $dismissed ) );
		// A busy database may refuse; the browser asks again then.
		$is_kept = in_array( $key, $this->dismissed(), true );
		wp_die( '', '', array( 'response' => $is_kept ? 200 : 503 ) );
	}

	/**
	 * Prints one notice.
	 *
	 * @param array{key: string, kind: string, account: int, name: string, sentence: string, urgent: bool} $item What it is about.
	 */
	private function print_notice( array $item ): void {
		wp_enqueue_script( 'return-channel-attention', plugins_url( 'assets/attention.js', PLUGIN_FILE ), array(), VERSION, true );
		$is_lost = 'authorisation-lost' === $item['kind'];
		$what    = $is_lost
			/* translators: %s: the name of a mail account. */
			? __( 'The authorisation of the mail account “%s” was lost, so its mail is not read.', 'return-channel' )
			/* translators: %s: the name of a mail account. */
			: __( 'The mail account “%s” has not been read for a day or longer.', 'return-channel' );
		printf(
			'<div class="notice notice-error is-dismissible return-channel-attention" data-key="%s" data-dismiss="%s"><p><strong>Return Channel:</strong> %s</p><p>%s</p><p><a class="button button-primary" href="%s">%s</a></p></div>',
			esc_attr( $item['key'] ),
			esc_url( add_query_arg( '_ajax_nonce', wp_create_nonce( self::ACTION ), admin_url( 'admin-ajax.php?action=' . self::ACTION ) ) ),
			esc_html( sprintf( $what, $item['name'] ) ),
			esc_html( $item['sentence'] ),
			esc_url( $is_lost ? Attention::authorise_url( $item['account'] ) : Admin_Pages::url( 'return-channel-accounts' ) ),
			$is_lost ? esc_html__( 'Authorise again', 'return-channel' ) : esc_html__( 'Open the mail accounts', 'return-channel' )
		);
	}

	/**
	 * Keys that this person dismissed in this site.
	 *
	 * @return string[]
	 */
	private function dismissed(): array {
		return array_filter( (array) get_user_option( self::META ), 'is_string' );
	}

	/**
	 * The pages of the mail accounts and of the settings say it in words of their own.
	 */
	private function says_it_itself(): bool {
		return in_array( $GLOBALS['plugin_page'] ?? '', array( 'return-channel-accounts', Settings_Page::SLUG ), true );
	}
}
