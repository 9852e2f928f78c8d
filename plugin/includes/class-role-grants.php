<?php
/**
 * What roles may do beside the administrators'.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * What the administrators of the current site give to roles: to look, to edit the basic information of filed mail, or to
 * edit its content, too. Kept in an option and not in the roles, so that nothing is left behind.
 */
final class Role_Grants {

	public const OPTION = 'return_channel_roles';

	/**
	 * What can be given → the capability it ends with; each includes those before it.
	 */
	public const LEVELS = array(
		'view'         => Capabilities::VIEW,
		'edit-basics'  => Capabilities::EDIT_INBOUND,
		'edit-content' => Capabilities::EDIT_INBOUND_CONTENT,
	);

	/**
	 * Whether a user has a capability because of a role. What another plugin wrote into the roles, or gave to the user, counts
	 * as well.
	 *
	 * @param int    $user_id    Number of the user.
	 * @param string $capability One of ours.
	 */
	public function give( int $user_id, string $capability ): bool {
		$at   = array_search( $capability, array_values( self::LEVELS ), true );
		$user = get_userdata( $user_id );
		if ( false === $at || false === $user ) {
			return false;
		}
		$enough = array_slice( self::LEVELS, $at );
		$given  = array_intersect_key( $this->all(), array_flip( $user->roles ) );
		return array() !== array_intersect( $given, array_keys( $enough ) )
			|| array() !== array_intersect( $enough, array_keys( array_filter( $user->allcaps ) ) );
	}

	/**
	 * Role → what it was given, a key of LEVELS.
	 *
	 * @return array<string, string>
	 */
	public function all(): array {
		return (array) get_option( self::OPTION, array() );
	}

	/**
	 * The roles that can be given something: role → its name. Those who may manage the site may everything anyway.
	 *
	 * @return array<string, string>
	 */
	public function roles(): array {
		$roles = array_filter( wp_roles()->roles, static fn( array $role ): bool => empty( $role['capabilities']['manage_options'] ) );
		return array_map( static fn( array $role ): string => translate_user_role( $role['name'] ), $roles );
	}

	/**
	 * Keeps what the roles are given.
	 *
	 * @param array<string, string> $levels Role → a key of LEVELS; any other word gives it nothing.
	 */
	public function store( array $levels ): void {
		$levels = array_intersect( array_intersect_key( $levels, $this->roles() ), array_keys( self::LEVELS ) );
		if ( array() === $levels ) {
			delete_option( self::OPTION );
		} else {
			update_option( self::OPTION, $levels, true );
		}
	}
}
