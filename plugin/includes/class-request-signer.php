<?php
/**
 * Signs requests to the service.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * HTTP Message Signatures (RFC 9421) with hmac-sha256 over the request line, a digest of the body (RFC 9530), and our
 * headers for site, user and capabilities. Each site signs with a key of its own, derived from the secret (HKDF, RFC 5869),
 * so that what one site signs can't be taken for another's.
 */
final class Request_Signer {

	/**
	 * The headers of a signed request.
	 *
	 * @param string $method  Upper case.
	 * @param string $path    As it goes over the wire, without the query: "/v1/bounces".
	 * @param string $query   Without its question mark; empty when there is none.
	 * @param string $body    Empty when there is none.
	 * @param Caller $caller  Who asks.
	 * @param string $secret  The network's.
	 * @param int    $created Seconds since 1970.
	 * @param string $nonce   Never used before; letters, digits, "-" and "_".
	 * @return array<string, string>
	 */
	public static function headers( string $method, string $path, string $query, string $body, Caller $caller, string $secret, int $created, string $nonce ): array {
		$headers = array(
			'Content-Digest'              => 'sha-256=:' . self::base64( hash( 'sha256', $body, true ) ) . ':',
			'Return-Channel-Site'         => $caller->site,
			'Return-Channel-User'         => $caller->user,
			'Return-Channel-Capabilities' => $caller->capabilities,
		);
		// RFC 9421 section 2.2.7: an absent query is "?".
		$covered = array(
			'@method' => $method,
			'@path'   => $path,
			'@query'  => "?$query",
		) + array_change_key_case( $headers );

		$names      = implode( ' ', array_map( static fn( string $name ): string => "\"$name\"", array_keys( $covered ) ) );
		$parameters = "($names);created=$created;nonce=\"$nonce\";keyid=\"{$caller->site}\";alg=\"hmac-sha256\"";

		$base = '';
		foreach ( $covered as $name => $value ) {
			$base .= "\"$name\": $value\n";
		}
		$base .= "\"@signature-params\": $parameters";

		$signature = hash_hmac( 'sha256', $base, self::key( $secret, $caller->site ), true );
		return $headers + array(
			'Signature-Input' => "sig1=$parameters",
			'Signature'       => 'sig1=:' . self::base64( $signature ) . ':',
		);
	}

	/**
	 * The key of one site, 32 bytes.
	 *
	 * @param string $secret The network's.
	 * @param string $site   Number of the site.
	 */
	private static function key( string $secret, string $site ): string {
		return hash_hkdf( 'sha256', $secret, 32, "return-channel site $site", '' );
	}

	/**
	 * Base64, as both RFCs write bytes.
	 *
	 * @param string $bytes Any.
	 */
	private static function base64( string $bytes ): string {
		return base64_encode( $bytes ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
	}
}
