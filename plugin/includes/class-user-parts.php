<?php
/**
 * Sends users to the service.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_Error;
use WP_User;

defined( 'ABSPATH' ) || exit;

/**
 * One part of the current site's users, as the service wants it.
 */
final class User_Parts {

	/**
	 * So many users go into one request.
	 */
	public const SIZE = 200;

	/**
	 * Needs the way to the service.
	 *
	 * @param Service_Client $service Carries the parts.
	 */
	public function __construct( private readonly Service_Client $service ) {}

	/**
	 * Sends the users of the current site that have these numbers.
	 *
	 * @param int[]  $ids             At most SIZE.
	 * @param string $sync_id         The sync of all users that is going on; empty when there is none.
	 * @param bool   $is_last_part    Whether that sync ends with this part.
	 * @param int    $timeout_seconds When to give up.
	 * @return WP_Error|null What went wrong.
	 */
	public function send( array $ids, string $sync_id = '', bool $is_last_part = false, int $timeout_seconds = 15 ): ?WP_Error {
		// An empty list would mean everybody.
		$users  = array() === $ids ? array() : get_users( array( 'include' => $ids ) );
		$answer = $this->service->tell(
			'POST',
			'/system/users',
			array( 'users' => array_map( array( $this, 'describe' ), $users ) )
				+ ( '' === $sync_id ? array() : array(
					'syncId'     => $sync_id,
					'isLastPart' => $is_last_part,
				) ),
			$timeout_seconds
		);
		return is_wp_error( $answer ) ? $answer : null;
	}

	/**
	 * Says that these are no users of the current site any more.
	 *
	 * @param int[] $ids             At most SIZE.
	 * @param int   $timeout_seconds When to give up.
	 * @return WP_Error|null What went wrong.
	 */
	public function remove( array $ids, int $timeout_seconds = 15 ): ?WP_Error {
		$answer = $this->service->tell( 'POST', '/system/users/remove', array( 'userIds' => $ids ), $timeout_seconds );
		return is_wp_error( $answer ) ? $answer : null;
	}

	/**
	 * One user, within the service's limits: one long name must not hold up the others.
	 *
	 * @param WP_User $user The user.
	 * @return array<string, int|string|string[]>
	 */
	private function describe( WP_User $user ): array {
		return array(
			'userId'      => $user->ID,
			'email'       => mb_substr( $user->user_email, 0, 320 ),
			'displayName' => mb_substr( $user->display_name, 0, 250 ),
			'firstName'   => mb_substr( $user->first_name, 0, 250 ),
			'lastName'    => mb_substr( $user->last_name, 0, 250 ),
			'roles'       => array_slice( array_map( static fn( string $role ): string => mb_substr( $role, 0, 100 ), array_values( $user->roles ) ), 0, 50 ),
		);
	}
}
