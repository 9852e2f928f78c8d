<?php
/**
 * The test in Site Health.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * Shows under Tools → Site Health whether the service can be reached, and what it wants an administrator to see to, such
 * as a mailbox that can't be read.
 */
final class Site_Health {

	private const TEST = 'return_channel_service';

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
		add_filter( 'site_status_tests', array( $this, 'add_test' ) );
	}

	/**
	 * Adds our test to WordPress's.
	 *
	 * @param array<string, array<string, mixed>> $tests Those there are.
	 * @return array<string, array<string, mixed>>
	 */
	public function add_test( $tests ): array {
		$tests['direct'][ self::TEST ] = array(
			'label' => __( 'Return Channel service reachable', 'return-channel' ),
			'test'  => array( $this, 'run' ),
		);
		return $tests;
	}

	/**
	 * Runs the test.
	 *
	 * @return array<string, mixed> As Site Health wants it.
	 */
	public function run(): array {
		$result      = $this->check->result();
		$description = '<p>' . esc_html( $result['sentence'] ) . '</p>';
		foreach ( $result['advice'] as $advice ) {
			$description .= '<p>' . esc_html( $advice ) . '</p>';
		}
		return array(
			'test'        => self::TEST,
			'label'       => $this->label( $result ),
			'status'      => $this->status( $result ),
			'badge'       => array(
				'label' => 'Return Channel',
				'color' => 'blue',
			),
			'description' => $description,
			'actions'     => sprintf(
				'<a href="%s">%s</a>',
				esc_url( Admin_Pages::url( Settings_Page::SLUG ) ),
				esc_html__( 'Open the settings of Return Channel', 'return-channel' )
			),
		);
	}

	/**
	 * What the list of tests says.
	 *
	 * @param array{is_working: bool, sentence: string, advice: string[]} $result Of the check.
	 */
	private function label( array $result ): string {
		if ( ! $result['is_working'] ) {
			return __( 'The Return Channel service is not reachable', 'return-channel' );
		}
		return array() === $result['advice']
			? __( 'The Return Channel service is reachable', 'return-channel' )
			: __( 'Return Channel has something for you to look at', 'return-channel' );
	}

	/**
	 * How bad it is, in Site Health's words. A mailbox that can't be read is no reason to doubt the service.
	 *
	 * @param array{is_working: bool, sentence: string, advice: string[]} $result Of the check.
	 */
	private function status( array $result ): string {
		if ( ! $result['is_working'] ) {
			return 'critical';
		}
		return array() === $result['advice'] ? 'good' : 'recommended';
	}
}
