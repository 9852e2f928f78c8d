<?php
/**
 * The box on a user's profile.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_User;

defined( 'ABSPATH' ) || exit;

/**
 * Shows on a user's profile whether the user gets mail, what happened lately, and a button that releases an address.
 */
final class User_Box extends Late_Box {

	private const CONTACTS = 'return-channel-contacts';

	/**
	 * The record has them all.
	 */
	private const EVENTS = 5;

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		parent::register();
		add_action( 'show_user_profile', array( $this, 'print_box' ) );
		add_action( 'edit_user_profile', array( $this, 'print_box' ) );
	}

	/**
	 * Prints the box of a user. In the administration of a network there is no site whose contact it could show.
	 *
	 * @param WP_User $user Whose profile it is.
	 */
	public function print_box( $user ): void {
		if ( is_network_admin() || is_user_admin() || ! $this->is_for_this_person() || ! is_user_member_of_blog( $user->ID ) ) {
			return;
		}
		echo '<h2>Return Channel</h2>';
		$this->place( $user->ID, $this->page_url( self::CONTACTS, array( 's' => $user->user_email ) ), __( 'Find the contact record of this user', 'return-channel' ) );
	}

	/**
	 * A short name in letters; no other box has it.
	 */
	protected function name(): string {
		return 'user';
	}

	/**
	 * The route that knows what is in the box, below /v1.
	 *
	 * @param int $about Number of the user.
	 */
	protected function path( int $about ): string {
		return "/users/$about/contact";
	}

	/**
	 * Prints what is in the box.
	 *
	 * @param array<string, mixed> $answer The contact and its last events.
	 */
	protected function print_answer( array $answer ): void {
		$contact = $answer['contact'];
		if ( null === $contact ) {
			printf( '<p>%s</p>', esc_html__( 'No contact belongs to this user. A user whom the site has just got becomes a contact within some minutes.', 'return-channel' ) );
			return;
		}
		foreach ( $this->wishes( $contact ) as $sentence ) {
			printf( '<p>%s</p>', esc_html( $sentence ) );
		}
		echo '<ul class="return-channel-addresses">';
		array_walk( $contact['addresses'], fn( array $address ) => $this->print_address( $address ) );
		echo '</ul>';
		$this->print_events( array_slice( $answer['events'], 0, self::EVENTS ) );
		printf(
			'<p><a href="%s">%s</a></p>',
			esc_url( $this->page_url( self::CONTACTS, array( 'contact' => $contact['id'] ) ) ),
			esc_html__( 'Open the contact record', 'return-channel' )
		);
	}

	/**
	 * Prints whether an address gets mail, and the button.
	 *
	 * @param array<string, mixed> $address Of the contact.
	 */
	private function print_address( array $address ): void {
		printf( '<li><strong>%s</strong> <span>%s</span>', esc_html( $address['email'] ), esc_html( $this->state( $address ) ) );
		// Somebody who opted out comes back by own wish only.
		if ( in_array( $address['hold'], array( 'bounce', 'manual' ), true ) && current_user_can( Capabilities::MANAGE ) ) {
			printf(
				' <button type="button" class="button button-small" data-path="%s" data-body="%s">%s</button>',
				esc_attr( Rest_Proxy::REST_NAMESPACE . '/holds/release' ),
				esc_attr( (string) wp_json_encode( array( 'addressIds' => array( $address['id'] ) ) ) ),
				/* translators: %s: an e-mail address. */
				esc_html( sprintf( __( 'Release %s', 'return-channel' ), $address['email'] ) )
			);
		}
		echo '</li>';
	}

	/**
	 * Says whether an address gets mail.
	 *
	 * @param array<string, mixed> $address Of the contact.
	 */
	private function state( array $address ): string {
		if ( null === $address['hold'] ) {
			return __( 'is not on hold.', 'return-channel' );
		}
		$since   = $this->date( (string) $address['heldSince'] );
		$because = (string) $address['holdBecause'];
		if ( 'opt-out' === $address['hold'] ) {
			/* translators: %s: a date. */
			return sprintf( __( 'has been on hold since %s, because this person wants no more mail.', 'return-channel' ), $since );
		}
		if ( 'manual' === $address['hold'] ) {
			/* translators: 1: a date. 2: what the person who did it wrote down. */
			return trim( sprintf( __( 'has been on hold since %1$s, by hand. %2$s', 'return-channel' ), $since, $because ) );
		}
		/* translators: 1: a date. 2: a type of bounces, such as Invalid. 3: the words of a mail server. */
		return trim( sprintf( __( 'has been on hold since %1$s, because of a bounce of the type %2$s. %3$s', 'return-channel' ), $since, (string) $address['holdType'], $because ) );
	}

	/**
	 * What keeps mail from all addresses of a contact, as sentences.
	 *
	 * @param array<string, mixed> $contact The contact.
	 * @return string[]
	 */
	private function wishes( array $contact ): array {
		$sentences = array(
			__( 'This contact is in the trash.', 'return-channel' ) => null !== $contact['deletedAt'],
			__( 'This contact is blacklisted and gets no mail at any address.', 'return-channel' ) => 'blacklisted' === $contact['status'],
			__( 'This contact has to confirm the address anew before it gets mailings again.', 'return-channel' ) => 'unconfirmed' === $contact['status'],
			__( 'This contact asked not to be written to.', 'return-channel' ) => $contact['doNotEmail'],
			__( 'This contact opted out of mailings.', 'return-channel' ) => $contact['isOptedOut'],
			__( 'This contact is deceased.', 'return-channel' ) => $contact['isDeceased'],
		);
		return array_keys( array_filter( $sentences ) );
	}

	/**
	 * Prints what happened lately.
	 *
	 * @param array<int, array<string, mixed>> $events The newest first.
	 */
	private function print_events( array $events ): void {
		if ( array() === $events ) {
			return;
		}
		printf( '<h3>%s</h3><ul class="return-channel-events">', esc_html__( 'What happened lately', 'return-channel' ) );
		foreach ( $events as $event ) {
			printf( '<li><time datetime="%s">%s</time> %s</li>', esc_attr( $event['at'] ), esc_html( $this->date( $event['at'], true ) ), esc_html( $event['sentence'] ) );
		}
		echo '</ul>';
	}
}
