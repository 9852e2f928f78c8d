<?php
/**
 * Brings all users to the service.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Sends all users of the current site in parts: at the first pairing and once a day, a few seconds at a time, going on
 * where it stopped. Whoever is not named in a whole sync is no user any more.
 */
final class All_Users {

	public const OPTION = 'return_channel_all_users';

	private const SECONDS_AT_A_TIME = 10;

	/**
	 * Needs the pairing and the way to the service.
	 *
	 * @param Connection $connection Where the service is.
	 * @param User_Parts $parts      Carries the users.
	 */
	public function __construct( private readonly Connection $connection, private readonly User_Parts $parts ) {}

	/**
	 * Goes on with the sync, or begins one when it is due.
	 *
	 * @return WP_Error|null What went wrong.
	 */
	public function go_on_if_due(): ?WP_Error {
		$state = $this->state();
		if ( null !== $state['ended_at'] && $state['ended_at'] > time() - DAY_IN_SECONDS ) {
			return null;
		}
		if ( null !== $state['ended_at'] ) {
			$state = $this->beginning();
		}
		update_option( self::OPTION, $state, true );
		$until = time() + self::SECONDS_AT_A_TIME;
		$parts = $this->parts_after( $state['last_id'] );
		foreach ( $parts as $number => $ids ) {
			$is_last = array_key_last( $parts ) === $number;
			$error   = $this->parts->send( $ids, $state['sync_id'], $is_last );
			if ( null !== $error ) {
				return $error;
			}
			$state['last_id']  = array() === $ids ? $state['last_id'] : max( $ids );
			$state['ended_at'] = $is_last ? time() : null;
			update_option( self::OPTION, $state, true );
			if ( time() >= $until ) {
				break;
			}
		}
		return null;
	}

	/**
	 * Names the sync that is going on; empty when there is none. A single user that is sent meanwhile has to belong to it, or
	 * its end would take that user for one who has gone.
	 */
	public function sync_id(): string {
		$state = get_option( self::OPTION );
		return is_array( $state ) && null === $state['ended_at'] ? $state['sync_id'] : '';
	}

	/**
	 * The numbers of the users that are still to be sent, in parts; a single empty part when there are none.
	 *
	 * @param int $last_id The last one sent.
	 * @return array<int, int[]>
	 */
	private function parts_after( int $last_id ): array {
		$ids = get_users(
			array(
				'fields'  => 'ID',
				'orderby' => 'ID',
			)
		);
		$ids = array_filter( array_map( 'intval', $ids ), static fn( int $id ): bool => $id > $last_id );
		return array() === $ids ? array( array() ) : array_chunk( $ids, User_Parts::SIZE );
	}

	/**
	 * How far we are.
	 *
	 * @return array{connection: string, sync_id: string, last_id: int, ended_at: int|null}
	 */
	private function state(): array {
		$state = get_option( self::OPTION );
		// Another service has not heard of anybody.
		if ( ! is_array( $state ) || $state['connection'] !== $this->connection->fingerprint() ) {
			return $this->beginning();
		}
		return $state;
	}

	/**
	 * A sync that begins now.
	 *
	 * @return array{connection: string, sync_id: string, last_id: int, ended_at: int|null}
	 */
	private function beginning(): array {
		return array(
			'connection' => $this->connection->fingerprint(),
			'sync_id'    => wp_generate_uuid4(),
			'last_id'    => 0,
			'ended_at'   => null,
		);
	}
}
