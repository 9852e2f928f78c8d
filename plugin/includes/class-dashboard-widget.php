<?php
/**
 * The widget on the dashboard.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * Shows on a site's dashboard how its mail stands: the figures of the last days, and what somebody should see to.
 */
final class Dashboard_Widget extends Late_Box {

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		parent::register();
		add_action( 'wp_dashboard_setup', array( $this, 'add' ) );
	}

	/**
	 * Adds the widget for those who may see it.
	 */
	public function add(): void {
		if ( $this->is_for_this_person() ) {
			wp_add_dashboard_widget( 'return_channel', 'Return Channel', array( $this, 'print_box' ) );
		}
	}

	/**
	 * Prints the widget.
	 */
	public function print_box(): void {
		$this->place( 0, Admin_Pages::url( 'return-channel' ), __( 'Open Return Channel', 'return-channel' ) );
	}

	/**
	 * A short name in letters; no other box has it.
	 */
	protected function name(): string {
		return 'overview';
	}

	/**
	 * The route that knows what is in the box, below /v1.
	 *
	 * @param int $about Nothing: there is one overview.
	 */
	protected function path( int $about ): string {
		return '/overview';
	}

	/**
	 * Prints what is in the box.
	 *
	 * @param array<string, mixed> $answer The overview.
	 */
	protected function print_answer( array $answer ): void {
		if ( array() !== $answer['problems'] ) {
			echo '<ul class="return-channel-problems">';
			foreach ( $answer['problems'] as $problem ) {
				printf( '<li>%s</li>', esc_html( $problem ) );
			}
			echo '</ul>';
		}
		if ( null === $answer['lastReadAt'] ) {
			$this->print_beginning();
			return;
		}
		echo '<ul class="return-channel-figures">';
		foreach ( $this->figures( $answer ) as list( $number, $words, $url ) ) {
			printf( '<li><a href="%s"><strong>%s</strong> %s</a></li>', esc_url( $url ), esc_html( number_format_i18n( $number ) ), esc_html( $words ) );
		}
		echo '</ul>';
		printf(
			'<p class="return-channel-read">%s</p>',
			esc_html(
				/* translators: %s: a time span, such as "5 minutes". */
				sprintf( __( 'Mailboxes last read %s ago. Bounces and mails are those of the last seven days.', 'return-channel' ), human_time_diff( (int) strtotime( $answer['lastReadAt'] ) ) )
			)
		);
	}

	/**
	 * Prints what to do on a site that has read no mail yet.
	 */
	private function print_beginning(): void {
		printf( '<p>%s</p>', esc_html__( 'No mailbox was read yet.', 'return-channel' ) );
		if ( current_user_can( Capabilities::MANAGE ) ) {
			printf(
				'<p><a class="button" href="%s">%s</a></p>',
				esc_url( Admin_Pages::url( 'return-channel-accounts' ) ),
				esc_html__( 'Set up a mail account', 'return-channel' )
			);
		}
	}

	/**
	 * The figures in words, each with the page that shows what it counts.
	 *
	 * @param array<string, mixed> $overview Of the service.
	 * @return array<int, array{int, string, string}>
	 */
	private function figures( array $overview ): array {
		$log   = 'return-channel-outcomes';
		$since = array( 'from' => gmdate( 'Y-m-d', time() - WEEK_IN_SECONDS ) );
		return array(
			array( $overview['onHold'], _n( 'address on hold', 'addresses on hold', $overview['onHold'], 'return-channel' ), Admin_Pages::url( 'return-channel-on-hold' ) ),
			array( $overview['bounces'], _n( 'bounce', 'bounces', $overview['bounces'], 'return-channel' ), $this->page_url( 'return-channel', $since ) ),
			array( $overview['filed'], _n( 'mail filed', 'mails filed', $overview['filed'], 'return-channel' ), Admin_Pages::url( 'return-channel-activities' ) ),
			array( $overview['ignored'], _n( 'mail ignored', 'mails ignored', $overview['ignored'], 'return-channel' ), $this->page_url( $log, array( 'outcome' => 'ignored' ) + $since ) ),
			array( $overview['failed'], _n( 'mail failed', 'mails failed', $overview['failed'], 'return-channel' ), $this->page_url( $log, array( 'outcome' => 'failed' ) + $since ) ),
			array( $overview['contacts'], _n( 'contact', 'contacts', $overview['contacts'], 'return-channel' ), Admin_Pages::url( 'return-channel-contacts' ) ),
		);
	}
}
