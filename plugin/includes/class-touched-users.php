<?php
/**
 * Keeps the service's contacts in step with single users.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Notes which users a request touches, and tells the service once at its end. Whether a user has come, changed or gone is
 * looked up then, because WordPress says "created" and "removed" several times on the way. What could not be told is kept
 * for cron; nothing of this can break a request.
 */
final class Touched_Users {

	public const OPTION = 'return_channel_touched_users';

	/**
	 * A person waits for the end of the request.
	 */
	private const TIMEOUT_SECONDS = 3;

	/**
	 * Users of this request: number of the site → number of the user → true.
	 *
	 * @var array<int, array<int, true>>
	 */
	private array $touched = array();

	/**
	 * Needs the pairing and the way to the service.
	 *
	 * @param Connection $connection Where the service is.
	 * @param User_Parts $parts      Carries the users.
	 * @param All_Users  $all_users  The sync of all that may be going on.
	 */
	public function __construct( private readonly Connection $connection, private readonly User_Parts $parts, private readonly All_Users $all_users ) {}

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		add_action( 'user_register', array( $this, 'note_everywhere' ) );
		add_action( 'profile_update', array( $this, 'note_everywhere' ) );
		if ( ! is_multisite() ) {
			// On a network, a user is removed from each site first.
			add_action( 'deleted_user', array( $this, 'note_here' ) );
		}
		add_action( 'add_user_to_blog', fn( $user, $role, $site ) => $this->note( (int) $user, (int) $site ), 10, 3 );
		add_action( 'remove_user_from_blog', fn( $user, $site ) => $this->note( (int) $user, (int) $site ), 10, 2 );
		foreach ( array( 'set_user_role', 'add_user_role', 'remove_user_role' ) as $change ) {
			add_action( $change, array( $this, 'note_here' ) );
		}
		add_action( 'shutdown', array( $this, 'tell' ) );
	}

	/**
	 * Notes a user in every site that the user belongs to.
	 *
	 * @param int $user Number of the user.
	 */
	public function note_everywhere( $user ): void {
		if ( ! is_multisite() ) {
			$this->note_here( $user );
			return;
		}
		foreach ( get_blogs_of_user( (int) $user, true ) as $site ) {
			$this->note( (int) $user, (int) $site->userblog_id );
		}
	}

	/**
	 * Notes a user in the current site.
	 *
	 * @param int $user Number of the user.
	 */
	public function note_here( $user ): void {
		$this->note( (int) $user, get_current_blog_id() );
	}

	/**
	 * Tells the service of all that were noted.
	 */
	public function tell(): void {
		$touched       = $this->touched;
		$this->touched = array();
		foreach ( $touched as $site => $users ) {
			$is_elsewhere = get_current_blog_id() !== $site;
			if ( $is_elsewhere ) {
				switch_to_blog( $site );
			}
			if ( $this->is_active_here() && $this->connection->is_set_up() ) {
				$this->keep( $this->tell_of( array_keys( $users ) ) );
			}
			if ( $is_elsewhere ) {
				restore_current_blog();
			}
		}
	}

	/**
	 * Tells the service of those that earlier requests could not tell of.
	 *
	 * @return WP_Error|null What went wrong.
	 */
	public function tell_of_kept(): ?WP_Error {
		$kept = array_map( 'intval', (array) get_option( self::OPTION, array() ) );
		if ( array() === $kept ) {
			return null;
		}
		$now  = array_slice( $kept, 0, User_Parts::SIZE );
		$rest = $this->tell_of( $now, $error );
		// What came in since stays, too.
		$since = array_map( 'intval', (array) get_option( self::OPTION, array() ) );
		$this->put( array_merge( array_diff( $since, $now ), $rest ) );
		return $error;
	}

	/**
	 * Notes a user.
	 *
	 * @param int $user Number of the user.
	 * @param int $site Number of the site.
	 */
	private function note( int $user, int $site ): void {
		$this->touched[ $site ][ $user ] = true;
	}

	/**
	 * Tells of users of the current site.
	 *
	 * @param int[]         $ids   Numbers of users.
	 * @param WP_Error|null $error Is set to what went wrong.
	 * @return int[] Those that the service has not heard of: too many for one request, or it was away.
	 */
	private function tell_of( array $ids, ?WP_Error &$error = null ): array {
		$later = array_slice( $ids, User_Parts::SIZE );
		$now   = array_slice( $ids, 0, User_Parts::SIZE );
		$here  = array_values( array_filter( $now, static fn( int $id ): bool => false !== get_userdata( $id ) && is_user_member_of_blog( $id ) ) );
		$gone  = array_values( array_diff( $now, $here ) );

		if ( array() !== $here ) {
			$error = $this->parts->send( $here, $this->all_users->sync_id(), false, self::TIMEOUT_SECONDS );
		}
		if ( null === $error && array() !== $gone ) {
			$error = $this->parts->remove( $gone, self::TIMEOUT_SECONDS );
		}
		return null === $error ? $later : $ids;
	}

	/**
	 * Keeps users for cron.
	 *
	 * @param int[] $ids Numbers of users.
	 */
	private function keep( array $ids ): void {
		if ( array() !== $ids ) {
			$this->put( array_merge( (array) get_option( self::OPTION, array() ), $ids ) );
		}
	}

	/**
	 * Writes down whom the service has yet to hear of.
	 *
	 * @param int[] $ids Numbers of users.
	 */
	private function put( array $ids ): void {
		if ( array() === $ids ) {
			delete_option( self::OPTION );
		} else {
			update_option( self::OPTION, array_values( array_unique( $ids ) ), true );
		}
	}

	/**
	 * Whether the plugin is active in the current site, which on a network need not be the site of this request.
	 */
	private function is_active_here(): bool {
		return $this->connection->is_network_wide()
			|| in_array( plugin_basename( PLUGIN_FILE ), (array) get_option( 'active_plugins', array() ), true );
	}
}
