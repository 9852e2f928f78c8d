<?php
/**
 * The settings.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * Where an administrator pairs the site, or the whole network, with the service, and sees how things stand. WordPress draws
 * it without JavaScript, because it is where one looks when nothing else works.
 */
final class Settings_Page {

	public const SLUG = 'return-channel-settings';

	private const NONCE = 'return-channel-settings';

	/**
	 * What was wrong with what was sent, as sentences.
	 *
	 * @var string[]
	 */
	private array $mistakes = array();

	/**
	 * Needs the pairing, the check, and what else is set here.
	 *
	 * @param Connection       $connection Where the service is.
	 * @param Connection_Check $check      Asks it.
	 * @param Role_Grants_Form $grants     What roles may do.
	 */
	public function __construct( private readonly Connection $connection, private readonly Connection_Check $check, private readonly Role_Grants_Form $grants ) {}

	/**
	 * Adds the page to a site's menu.
	 *
	 * @param string $parent_slug Of the menu.
	 */
	public function add_to( string $parent_slug ): void {
		$title = __( 'Settings', 'return-channel' );
		$hook  = add_submenu_page( $parent_slug, __( 'Return Channel settings', 'return-channel' ), $title, Capabilities::MANAGE, self::SLUG, array( $this, 'render' ) );
		if ( false !== $hook ) {
			add_action( "load-$hook", array( $this, 'save' ) );
			add_action( "load-$hook", array( $this->grants, 'save' ) );
		}
	}

	/**
	 * Adds the page to the network's menu.
	 */
	public function add_to_network(): void {
		$hook = add_menu_page( __( 'Return Channel settings', 'return-channel' ), 'Return Channel', Capabilities::MANAGE_NETWORK, self::SLUG, array( $this, 'render' ), 'dashicons-email-alt2', 58 );
		add_action( "load-$hook", array( $this, 'save' ) );
	}

	/**
	 * Stores what the form sent, and shows the page anew.
	 */
	public function save(): void {
		if ( ! isset( $_POST['return_channel_secret'] ) && ! isset( $_POST['return_channel_url'] ) ) {
			return;
		}
		check_admin_referer( self::NONCE );
		if ( ! $this->is_editable() ) {
			wp_die( esc_html__( 'You are not allowed to change these settings.', 'return-channel' ), '', array( 'response' => 403 ) );
		}
		$url    = esc_url_raw( trim( sanitize_text_field( wp_unslash( $_POST['return_channel_url'] ?? '' ) ) ), array( 'http', 'https' ) );
		$secret = trim( (string) wp_unslash( $_POST['return_channel_secret'] ?? '' ) ); // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- Every character of a secret counts.

		$this->mistakes = $this->mistakes_in( $url, $secret );
		if ( array() === $this->mistakes ) {
			$this->connection->store( $url, $secret );
			wp_safe_redirect( add_query_arg( 'updated', 'true', $this->url() ) );
			exit;
		}
	}

	/**
	 * Prints the page.
	 */
	public function render(): void {
		echo '<div class="wrap">';
		printf( '<h1>%s</h1><hr class="wp-header-end">', esc_html__( 'Return Channel settings', 'return-channel' ) );
		if ( array() !== $this->mistakes ) {
			$this->notice( 'error', __( 'Nothing was saved.', 'return-channel' ), $this->mistakes );
		} elseif ( isset( $_GET['updated'] ) ) { // phpcs:ignore WordPress.Security.NonceVerification -- Only decides which notice is shown.
			$this->notice( 'success', __( 'Settings saved.', 'return-channel' ) );
		}
		$this->render_check();
		$this->render_form();
		if ( ! is_network_admin() ) {
			$this->grants->render();
		}
		$this->render_hints();
		echo '</div>';
	}

	/**
	 * What is wrong with what was typed.
	 *
	 * @param string $url    Address of the service.
	 * @param string $secret The secret; empty keeps the stored one.
	 * @return string[]
	 */
	private function mistakes_in( string $url, string $secret ): array {
		$mistakes = array();
		$parts    = wp_parse_url( $url );
		$unwanted = array( 'user', 'pass', 'query', 'fragment' );
		if ( ! $this->connection->url_is_fixed() && ( empty( $parts['host'] ) || array() !== array_intersect( $unwanted, array_keys( (array) $parts ) ) ) ) {
			$mistakes[] = __( 'The address of the service looks like http://127.0.0.1:8787.', 'return-channel' );
		}
		if ( '' !== $secret && strlen( $secret ) < Connection::SHORTEST_SECRET ) {
			/* translators: %d: a number of characters. */
			$mistakes[] = sprintf( __( 'The secret has at least %d characters.', 'return-channel' ), Connection::SHORTEST_SECRET );
		}
		if ( '' === $secret && '' === $this->connection->secret() ) {
			$mistakes[] = __( 'Enter the secret that the service was started with.', 'return-channel' );
		}
		return $mistakes;
	}

	/**
	 * Prints how things stand with the service.
	 */
	private function render_check(): void {
		$result    = $this->check->result();
		$if_it_can = array() === $result['advice'] ? 'success' : 'warning';
		$this->notice( $result['is_working'] ? $if_it_can : 'error', $result['sentence'], $result['advice'] );
		printf( '<p><a class="button" href="%s">%s</a></p>', esc_url( $this->url() ), esc_html__( 'Check again', 'return-channel' ) );
	}

	/**
	 * Prints the form, or why there is none.
	 */
	private function render_form(): void {
		if ( ! $this->is_editable() ) {
			$this->render_who_may();
			return;
		}
		printf( '<form method="post" action="%s">', esc_url( $this->url() ) );
		wp_nonce_field( self::NONCE );
		echo '<table class="form-table" role="presentation">';
		$this->render_url_field();
		$this->render_secret_field();
		echo '</table>';
		if ( ! $this->connection->url_is_fixed() || ! $this->connection->secret_is_fixed() ) {
			submit_button();
		}
		echo '</form>';
	}

	/**
	 * Prints the field of the address.
	 */
	private function render_url_field(): void {
		$sent = isset( $_POST['return_channel_url'] ) ? sanitize_text_field( wp_unslash( $_POST['return_channel_url'] ) ) : null; // phpcs:ignore WordPress.Security.NonceVerification -- Checked in save().
		printf(
			'<tr><th scope="row"><label for="return-channel-url">%1$s</label></th>
			<td><input type="url" class="regular-text code" id="return-channel-url" name="return_channel_url" value="%2$s"
				placeholder="http://127.0.0.1:8787" aria-describedby="return-channel-url-hint" %3$s>
			<p class="description" id="return-channel-url-hint">%4$s</p></td></tr>',
			esc_html__( 'Address of the service', 'return-channel' ),
			esc_attr( $sent ?? $this->connection->service_url() ),
			$this->connection->url_is_fixed() ? 'readonly' : 'required',
			esc_html( $this->connection->url_is_fixed() ? $this->fixed_by( 'RETURN_CHANNEL_SERVICE_URL' ) : __( 'As this server reaches it, with its port.', 'return-channel' ) )
		);
	}

	/**
	 * Prints the field of the secret, which is never shown again.
	 */
	private function render_secret_field(): void {
		$has_one = '' !== $this->connection->secret();
		$hint    = $has_one
			? __( 'A secret is stored. Leave this empty to keep it.', 'return-channel' )
			/* translators: %s: a random secret. */
			: sprintf( __( 'The one that the service was started with. If you have none yet, take this: %s', 'return-channel' ), wp_generate_password( 48, false ) );
		printf(
			'<tr><th scope="row"><label for="return-channel-secret">%1$s</label></th>
			<td><input type="password" class="regular-text code" id="return-channel-secret" name="return_channel_secret" value=""
				placeholder="%4$s" autocomplete="off" aria-describedby="return-channel-secret-hint" %2$s>
			<p class="description" id="return-channel-secret-hint">%3$s</p></td></tr>',
			esc_html__( 'Secret', 'return-channel' ),
			$this->connection->secret_is_fixed() ? 'readonly' : '',
			esc_html( $this->connection->secret_is_fixed() ? $this->fixed_by( 'RETURN_CHANNEL_SECRET' ) : $hint ),
			$has_one ? '••••••••••••' : ''
		);
	}

	/**
	 * Prints who may change what this person may not.
	 */
	private function render_who_may(): void {
		printf( '<p>%s</p>', esc_html__( 'The administrators of the network connect its sites with the service.', 'return-channel' ) );
		if ( $this->connection->is_network_wide() && current_user_can( Capabilities::MANAGE_NETWORK ) ) {
			printf( '<p><a href="%s">%s</a></p>', esc_url( network_admin_url( 'admin.php?page=' . self::SLUG ) ), esc_html__( 'Open the settings of the network', 'return-channel' ) );
		}
	}

	/**
	 * Prints what else an administrator wants to know.
	 */
	private function render_hints(): void {
		printf( '<h2>%s</h2>', esc_html__( 'Good to know', 'return-channel' ) );
		$hints = array(
			__( 'WordPress’s cron tells the service once a minute to run the jobs that are due. The service has a clock of its own, too, so that a site without visitors loses nothing.', 'return-channel' ),
		);
		if ( defined( 'DISABLE_WP_CRON' ) && constant( 'DISABLE_WP_CRON' ) ) {
			/* translators: %s: DISABLE_WP_CRON. */
			$hints[] = sprintf( __( 'On this site, WordPress does not start its cron by itself (%s): the server’s own cron has to call wp-cron.php.', 'return-channel' ), 'DISABLE_WP_CRON' );
		}
		$hints[] = __( 'Deleting the plugin removes these settings from WordPress. What the service knows (accounts, contacts, filed mail, bounces) stays in its own database, until you delete that.', 'return-channel' );
		foreach ( $hints as $hint ) {
			printf( '<p>%s</p>', esc_html( $hint ) );
		}
	}

	/**
	 * Prints a notice.
	 *
	 * @param string   $kind     "success", "warning" or "error".
	 * @param string   $sentence What is to be said.
	 * @param string[] $details  A paragraph each.
	 */
	private function notice( string $kind, string $sentence, array $details = array() ): void {
		printf( '<div class="notice notice-%s inline" role="%s"><p><strong>%s</strong></p>', esc_attr( $kind ), 'error' === $kind ? 'alert' : 'status', esc_html( $sentence ) );
		foreach ( $details as $detail ) {
			printf( '<p>%s</p>', esc_html( $detail ) );
		}
		echo '</div>';
	}

	/**
	 * Whether this person may change the settings on this very page: those of a network only in its own administration.
	 */
	private function is_editable(): bool {
		return current_user_can( $this->connection->capability() )
			&& is_network_admin() === $this->connection->is_network_wide();
	}

	/**
	 * The address of this page, in the network's administration or in the site's.
	 */
	private function url(): string {
		return is_network_admin() ? network_admin_url( 'admin.php?page=' . self::SLUG ) : Admin_Pages::url( self::SLUG );
	}

	/**
	 * Says where a value comes from.
	 *
	 * @param string $constant Of wp-config.php.
	 */
	private function fixed_by( string $constant ): string {
		/* translators: %s: the name of a constant. */
		return sprintf( __( 'Set in wp-config.php (%s), and changed there.', 'return-channel' ), $constant );
	}
}
