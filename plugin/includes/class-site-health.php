<?php
/**
 * The tests in Site Health.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * Shows under Tools → Site Health whether the service can be reached, whether its mail accounts are read, and whether
 * anything starts its jobs.
 */
final class Site_Health {

	private const SERVICE  = 'return_channel_service';
	private const ACCOUNTS = 'return_channel_accounts';
	private const CLOCK    = 'return_channel_clock';

	/**
	 * Needs the check.
	 *
	 * @param Connection_Check $check Asks the service.
	 */
	public function __construct( private readonly Connection_Check $check ) {}

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		add_filter( 'site_status_tests', array( $this, 'add_tests' ) );
	}

	/**
	 * Adds our tests to WordPress's.
	 *
	 * @param array<string, array<string, mixed>> $tests Those there are.
	 * @return array<string, array<string, mixed>>
	 */
	public function add_tests( $tests ): array {
		$tests['direct'][ self::SERVICE ]  = array(
			'label' => __( 'Return Channel service reachable', 'return-channel' ),
			'test'  => array( $this, 'test_service' ),
		);
		$tests['direct'][ self::ACCOUNTS ] = array(
			'label' => __( 'Return Channel’s mail accounts are read', 'return-channel' ),
			'test'  => array( $this, 'test_accounts' ),
		);
		$tests['direct'][ self::CLOCK ]    = array(
			'label' => __( 'Return Channel’s jobs are started', 'return-channel' ),
			'test'  => array( $this, 'test_clock' ),
		);
		return $tests;
	}

	/**
	 * Whether the service is there, and what it wants somebody to look at beside its mail accounts and its clock.
	 *
	 * @return array<string, mixed> As Site Health wants it.
	 */
	public function test_service(): array {
		$result   = $this->check->result();
		$settings = $this->link( Admin_Pages::url( Settings_Page::SLUG ), __( 'Open the settings of Return Channel', 'return-channel' ) );
		if ( ! $result['is_working'] ) {
			return $this->answer( self::SERVICE, 'critical', __( 'The Return Channel service is not reachable', 'return-channel' ), array( $result['sentence'], ...$result['advice'] ), $settings );
		}
		$advice = array_diff( $result['advice'], array_column( $result['attention'] ?? array(), 'sentence' ) );
		return array() === $advice
			? $this->answer( self::SERVICE, 'good', __( 'The Return Channel service is reachable', 'return-channel' ), array( $result['sentence'] ), $settings )
			: $this->answer( self::SERVICE, 'recommended', __( 'Return Channel has something for you to look at', 'return-channel' ), array( $result['sentence'], ...$advice ), $settings );
	}

	/**
	 * Whether the mail accounts are read.
	 *
	 * @return array<string, mixed> As Site Health wants it.
	 */
	public function test_accounts(): array {
		$result = $this->check->result();
		if ( ! $result['is_working'] ) {
			return $this->unknown( self::ACCOUNTS, __( 'It is not known whether Return Channel reads its mail accounts', 'return-channel' ) );
		}
		$accounts = $this->link( Admin_Pages::url( 'return-channel-accounts' ), __( 'Open the mail accounts', 'return-channel' ) );
		$troubles = array_filter( $result['attention'] ?? array(), static fn( array $item ): bool => 0 !== $item['account'] );
		if ( array() !== $troubles ) {
			return $this->troubles( $troubles, $accounts );
		}
		$count = $result['accounts'] ?? 0;
		if ( 0 === $count ) {
			return $this->answer(
				self::ACCOUNTS,
				'recommended',
				__( 'Return Channel reads no mail account', 'return-channel' ),
				array( __( 'Without one, nobody notices mail that comes back: no address is put on hold.', 'return-channel' ) ),
				$accounts
			);
		}
		return $this->answer(
			self::ACCOUNTS,
			'good',
			__( 'Return Channel’s mail accounts are read', 'return-channel' ),
			/* translators: %s: number of mail accounts. */
			array( sprintf( _n( '%s mail account is read, and nothing is wrong with it.', '%s mail accounts are read, and nothing is wrong with them.', $count, 'return-channel' ), number_format_i18n( $count ) ) ),
			$accounts
		);
	}

	/**
	 * Whether anything starts the jobs.
	 *
	 * @return array<string, mixed> As Site Health wants it.
	 */
	public function test_clock(): array {
		$result = $this->check->result();
		if ( ! $result['is_working'] ) {
			return $this->unknown( self::CLOCK, __( 'It is not known whether Return Channel’s jobs are started', 'return-channel' ) );
		}
		$jobs    = $this->link( Admin_Pages::url( 'return-channel-jobs' ), __( 'Open the scheduled jobs', 'return-channel' ) );
		$stopped = array_filter( $result['attention'] ?? array(), static fn( array $item ): bool => 'clock-stopped' === $item['kind'] );
		return array() === $stopped
			? $this->answer( self::CLOCK, 'good', __( 'Return Channel’s jobs are started when they are due', 'return-channel' ), array( __( 'Mailboxes are read by themselves.', 'return-channel' ) ), $jobs )
			: $this->answer( self::CLOCK, 'critical', __( 'Nothing starts Return Channel’s jobs', 'return-channel' ), array_column( $stopped, 'sentence' ), $jobs );
	}

	/**
	 * What is wrong with mail accounts. An authorisation does not come back by itself; a server that is down often does.
	 *
	 * @param array<int, array<string, mixed>> $troubles What is wrong.
	 * @param string                           $link     To the accounts, as HTML.
	 * @return array<string, mixed>
	 */
	private function troubles( array $troubles, string $link ): array {
		$lost  = array_filter( $troubles, static fn( array $item ): bool => 'authorisation-lost' === $item['kind'] );
		$links = array_map(
			/* translators: %s: the name of a mail account. */
			fn( array $item ): string => $this->link( Attention::authorise_url( $item['account'] ), sprintf( __( 'Authorise “%s” again', 'return-channel' ), $item['name'] ) ),
			$lost
		);
		$count = count( $troubles );
		return $this->answer(
			self::ACCOUNTS,
			array() === array_filter( array_column( $troubles, 'urgent' ) ) ? 'recommended' : 'critical',
			array() === $lost
				/* translators: %s: number of mail accounts. */
				? sprintf( _n( '%s mail account of Return Channel cannot be read', '%s mail accounts of Return Channel cannot be read', $count, 'return-channel' ), number_format_i18n( $count ) )
				: __( 'Return Channel was shut out of a mailbox', 'return-channel' ),
			array_column( $troubles, 'sentence' ),
			implode( '<br>', array( ...$links, $link ) )
		);
	}

	/**
	 * The service can't be asked, which another test says.
	 *
	 * @param string $test  Name of the test.
	 * @param string $label What the list of tests says.
	 * @return array<string, mixed>
	 */
	private function unknown( string $test, string $label ): array {
		return $this->answer( $test, 'recommended', $label, array( __( 'The Return Channel service could not be asked.', 'return-channel' ) ), '' );
	}

	/**
	 * A link as HTML.
	 *
	 * @param string $url  Where to.
	 * @param string $text What it says.
	 */
	private function link( string $url, string $text ): string {
		return sprintf( '<a href="%s">%s</a>', esc_url( $url ), esc_html( $text ) );
	}

	/**
	 * A result as Site Health wants it.
	 *
	 * @param string   $test      Name of the test.
	 * @param string   $status    "good", "recommended" or "critical".
	 * @param string   $label     What the list of tests says.
	 * @param string[] $sentences What there is to say, plain text.
	 * @param string   $actions   Links, as HTML.
	 * @return array<string, mixed>
	 */
	private function answer( string $test, string $status, string $label, array $sentences, string $actions ): array {
		return array(
			'test'        => $test,
			'label'       => $label,
			'status'      => $status,
			'badge'       => array(
				'label' => 'Return Channel',
				'color' => 'blue',
			),
			'description' => implode( '', array_map( static fn( string $sentence ): string => '<p>' . esc_html( $sentence ) . '</p>', $sentences ) ),
			'actions'     => $actions,
		);
	}
}
