<?php
/**
 * What happens every minute.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * Lets WordPress's cron call the service once a minute: whatever there is to tell, and then "run what is due".
 */
final class Cron {

	public const HOOK     = 'return_channel_every_minute';
	public const SCHEDULE = 'return_channel_every_minute';

	/**
	 * Needs all that is due now and then.
	 *
	 * @param Connection     $connection   Where the service is.
	 * @param Service_Client $service      Carries the call.
	 * @param Introduction   $introduction Who we are.
	 * @param Touched_Users  $touched      Users that could not be told of.
	 * @param All_Users      $all_users    The sync of all users.
	 * @param Attention      $attention    Remembers what there is to see to.
	 */
	public function __construct(
		private readonly Connection $connection,
		private readonly Service_Client $service,
		private readonly Introduction $introduction,
		private readonly Touched_Users $touched,
		private readonly All_Users $all_users,
		private readonly Attention $attention
	) {}

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		add_filter( 'cron_schedules', array( $this, 'add_schedule' ) ); // phpcs:ignore WordPress.WP.CronInterval -- Bounces should not wait.
		add_action( 'init', array( $this, 'schedule' ) );
		add_action( self::HOOK, array( $this, 'every_minute' ) );
		register_deactivation_hook( PLUGIN_FILE, array( $this, 'clear' ) );
	}

	/**
	 * Adds "once a minute" to WordPress's schedules.
	 *
	 * @param array<string, array{interval: int, display: string}> $schedules Those there are.
	 * @return array<string, array{interval: int, display: string}>
	 */
	public function add_schedule( $schedules ): array {
		$schedules[ self::SCHEDULE ] = array(
			'interval' => MINUTE_IN_SECONDS,
			// Other plugins may ask before translations may be loaded.
			'display'  => did_action( 'init' ) ? __( 'Once a minute', 'return-channel' ) : 'Once a minute',
		);
		return $schedules;
	}

	/**
	 * Schedules the event of this site if it is missing: also on a site that was made after the activation.
	 */
	public function schedule(): void {
		if ( ! wp_next_scheduled( self::HOOK ) ) {
			wp_schedule_event( time(), self::SCHEDULE, self::HOOK );
		}
	}

	/**
	 * Does what is due. When the service is away or refuses us, the rest waits for the next minute.
	 */
	public function every_minute(): void {
		if ( ! $this->connection->is_set_up() ) {
			return;
		}
		$works = array(
			array( $this->introduction, 'say_if_due' ),
			array( $this->touched, 'tell_of_kept' ),
			array( $this->all_users, 'go_on_if_due' ),
		);
		foreach ( $works as $work ) {
			$error = $work();
			if ( null !== $error && $error->get_error_data()['status'] >= 500 ) {
				return;
			}
		}
		$answer = $this->service->tell( 'POST', '/system/run-due-jobs' );
		if ( ! is_wp_error( $answer ) ) {
			$this->attention->keep( $answer );
		}
	}

	/**
	 * Takes the event out of WordPress's cron.
	 *
	 * @param bool $is_for_network Whether the whole network deactivates the plugin.
	 */
	public function clear( $is_for_network ): void {
		Plugin::in_each_site( (bool) $is_for_network, static fn() => wp_clear_scheduled_hook( self::HOOK ) );
	}
}
