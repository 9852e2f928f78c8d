<?php
/**
 * Where the service is, and the secret shared with it.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * The pairing with the service. The constants RETURN_CHANNEL_SERVICE_URL and RETURN_CHANNEL_SECRET win; then comes the
 * network's setting where the plugin is active on the whole network, and the site's own where it is not.
 */
final class Connection {

	public const OPTION = 'return_channel_connection';

	/**
	 * The service refuses a shorter one.
	 */
	public const SHORTEST_SECRET = 32;

	/**
	 * The service's address without a slash at its end; empty when nobody has set it.
	 */
	public function service_url(): string {
		$url = $this->url_is_fixed() ? (string) constant( 'RETURN_CHANNEL_SERVICE_URL' ) : $this->stored()['url'];
		return untrailingslashit( $url );
	}

	/**
	 * The secret; empty when nobody has set it.
	 */
	public function secret(): string {
		return $this->secret_is_fixed() ? (string) constant( 'RETURN_CHANNEL_SECRET' ) : $this->stored()['secret'];
	}

	/**
	 * Whether there is all that a call takes.
	 */
	public function is_set_up(): bool {
		return '' !== $this->service_url() && '' !== $this->secret();
	}

	/**
	 * Whether wp-config.php names the address.
	 */
	public function url_is_fixed(): bool {
		return defined( 'RETURN_CHANNEL_SERVICE_URL' );
	}

	/**
	 * Whether wp-config.php names the secret.
	 */
	public function secret_is_fixed(): bool {
		return defined( 'RETURN_CHANNEL_SECRET' );
	}

	/**
	 * Whether one setting holds for all sites of a network.
	 */
	public function is_network_wide(): bool {
		if ( ! is_multisite() ) {
			return false;
		}
		$plugins = (array) get_site_option( 'active_sitewide_plugins', array() );
		return isset( $plugins[ plugin_basename( PLUGIN_FILE ) ] );
	}

	/**
	 * What a person needs to change it. The administrator of one site of a network neither sees the network's secret nor
	 * sends its server's requests wherever they like.
	 */
	public function capability(): string {
		return is_multisite() ? Capabilities::MANAGE_NETWORK : Capabilities::MANAGE;
	}

	/**
	 * Changes with the service and the secret, and tells neither.
	 */
	public function fingerprint(): string {
		return hash_hmac( 'sha256', $this->service_url(), $this->secret() );
	}

	/**
	 * Stores both, but not what wp-config.php names.
	 *
	 * @param string $url    Address of the service.
	 * @param string $secret The secret; empty keeps the stored one.
	 */
	public function store( string $url, string $secret ): void {
		$value = $this->stored();
		if ( ! $this->url_is_fixed() ) {
			$value['url'] = $url;
		}
		if ( ! $this->secret_is_fixed() && '' !== $secret ) {
			$value['secret'] = $secret;
		}
		if ( $this->is_network_wide() ) {
			update_site_option( self::OPTION, $value );
		} else {
			update_option( self::OPTION, $value, false );
		}
	}

	/**
	 * What is in the database.
	 *
	 * @return array{url: string, secret: string}
	 */
	private function stored(): array {
		$value = $this->is_network_wide() ? get_site_option( self::OPTION ) : get_option( self::OPTION );
		$value = is_array( $value ) ? $value : array();
		return array(
			'url'    => (string) ( $value['url'] ?? '' ),
			'secret' => (string) ( $value['secret'] ?? '' ),
		);
	}
}
