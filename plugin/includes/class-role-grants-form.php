<?php
/**
 * Where roles are given rights.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * The part of the settings page where the administrators of a site say who may look, and who may edit filed mail.
 */
final class Role_Grants_Form {

	private const NONCE = 'return-channel-roles';
	private const FIELD = 'return_channel_roles';

	/**
	 * Needs what there is.
	 *
	 * @param Role_Grants $grants Role → what it may.
	 */
	public function __construct( private readonly Role_Grants $grants ) {}

	/**
	 * Stores what the form sent, and shows the page anew.
	 */
	public function save(): void {
		if ( ! isset( $_POST[ self::FIELD ] ) ) {
			return;
		}
		check_admin_referer( self::NONCE );
		if ( ! current_user_can( Capabilities::MANAGE ) ) {
			wp_die( esc_html__( 'You are not allowed to change these settings.', 'return-channel' ), '', array( 'response' => 403 ) );
		}
		$this->grants->store( array_map( 'sanitize_key', array_filter( (array) wp_unslash( $_POST[ self::FIELD ] ), 'is_string' ) ) );
		wp_safe_redirect( add_query_arg( 'updated', 'true', Admin_Pages::url( Settings_Page::SLUG ) ) );
		exit;
	}

	/**
	 * Prints the form.
	 */
	public function render(): void {
		printf( '<h2>%s</h2>', esc_html__( 'Who may edit filed mail', 'return-channel' ) );
		printf( '<p>%s</p>', esc_html__( 'A filed mail is a record of what somebody wrote. Administrators may do everything; other roles see nothing and edit nothing, unless you allow it here.', 'return-channel' ) );
		printf( '<p>%s</p>', esc_html__( 'The basic information is the subject, the date, the people, the status and the campaign; the content is the message itself. Whoever may see filed mail sees everybody’s mail and addresses.', 'return-channel' ) );
		printf( '<form method="post" action="%s">', esc_url( Admin_Pages::url( Settings_Page::SLUG ) ) );
		wp_nonce_field( self::NONCE );
		echo '<table class="form-table" role="presentation">';
		$given = $this->grants->all();
		foreach ( $this->grants->roles() as $role => $name ) {
			$this->render_role( $role, $name, $given[ $role ] ?? '' );
		}
		echo '</table>';
		submit_button( __( 'Save these rights', 'return-channel' ), 'secondary' );
		echo '</form>';
	}

	/**
	 * Prints the choice of a role.
	 *
	 * @param string $role  Its slug.
	 * @param string $name  What people call it.
	 * @param string $given What it may: a key of Role_Grants::LEVELS, or nothing.
	 */
	private function render_role( string $role, string $name, string $given ): void {
		printf(
			'<tr><th scope="row"><label for="return-channel-role-%1$s">%2$s</label></th><td><select id="return-channel-role-%1$s" name="%3$s">',
			esc_attr( $role ),
			esc_html( $name ),
			esc_attr( self::FIELD . "[$role]" )
		);
		foreach ( $this->choices() as $level => $words ) {
			printf( '<option value="%s"%s>%s</option>', esc_attr( $level ), $given === $level ? ' selected' : '', esc_html( $words ) );
		}
		echo '</select></td></tr>';
	}

	/**
	 * What a role can be given, in words.
	 *
	 * @return array<string, string>
	 */
	private function choices(): array {
		return array(
			''             => __( 'Nothing', 'return-channel' ),
			'view'         => __( 'See bounces, contacts and filed mail', 'return-channel' ),
			'edit-basics'  => __( 'See all that, and edit the basic information of filed mail', 'return-channel' ),
			'edit-content' => __( 'See all that, and edit the basic information and the content of filed mail', 'return-channel' ),
		);
	}
}
