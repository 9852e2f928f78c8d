<?php
/**
 * The menu and its pages.
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

/**
 * Puts "Return Channel" into the menu. Its pages are drawn in the browser, by plugin/build/index.js; here they get their
 * frame, what they have to know, and a sentence where they can't be drawn.
 */
final class Admin_Pages {

	private const SCRIPT = 'return-channel-admin';

	/**
	 * What came back and what it did, then people and their mail, then what all of it follows. The first page's slug is the
	 * menu's: page of the browser → slug, capability.
	 */
	private const PAGES = array(
		'bounces'    => array( 'return-channel', Capabilities::VIEW ),
		'on-hold'    => array( 'return-channel-on-hold', Capabilities::VIEW ),
		'contacts'   => array( 'return-channel-contacts', Capabilities::VIEW ),
		'activities' => array( 'return-channel-activities', Capabilities::VIEW ),
		'outcomes'   => array( 'return-channel-outcomes', Capabilities::VIEW ),
		'rules'      => array( 'return-channel-rules', Capabilities::VIEW ),
		'types'      => array( 'return-channel-types', Capabilities::VIEW ),
		'try-bounce' => array( 'return-channel-try', Capabilities::MANAGE ),
		'accounts'   => array( 'return-channel-accounts', Capabilities::MANAGE ),
		'jobs'       => array( 'return-channel-jobs', Capabilities::VIEW ),
	);

	/**
	 * Needs the pairing and the page that WordPress draws itself.
	 *
	 * @param Connection    $connection Where the service is.
	 * @param Settings_Page $settings   The last page of the menu.
	 */
	public function __construct( private readonly Connection $connection, private readonly Settings_Page $settings ) {}

	/**
	 * Hooks into WordPress.
	 */
	public function register(): void {
		add_action( 'admin_menu', array( $this, 'add_menu' ) );
		add_action( 'network_admin_menu', array( $this, 'add_network_menu' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( PLUGIN_FILE ), array( $this, 'add_link' ) );
	}

	/**
	 * The address of one of our pages in this site.
	 *
	 * @param string $slug Of the page.
	 */
	public static function url( string $slug ): string {
		return admin_url( "admin.php?page=$slug" );
	}

	/**
	 * Adds the menu of a site.
	 */
	public function add_menu(): void {
		$parent = self::PAGES['bounces'][0];
		add_menu_page( 'Return Channel', 'Return Channel', Capabilities::VIEW, $parent, '', 'dashicons-email-alt2', 58 );
		foreach ( $this->titles() as $page => $title ) {
			list( $slug, $capability ) = self::PAGES[ $page ];

			$hook = add_submenu_page( $parent, $title, $title, $capability, $slug, fn() => $this->render( $page ) );
			if ( false !== $hook ) {
				add_action( "load-$hook", fn() => add_action( 'admin_enqueue_scripts', fn() => $this->enqueue( $page ) ) );
			}
		}
		$this->settings->add_to( $parent );
	}

	/**
	 * Adds the menu of the network, whose only page is the settings of the whole network.
	 */
	public function add_network_menu(): void {
		if ( $this->connection->is_network_wide() ) {
			$this->settings->add_to_network();
		}
	}

	/**
	 * Adds "Settings" to our row in the list of plugins.
	 *
	 * @param array<string, string> $links Those there are.
	 * @return array<string, string>
	 */
	public function add_link( $links ): array {
		if ( current_user_can( Capabilities::MANAGE ) ) {
			$url   = self::url( Settings_Page::SLUG );
			$links = array( 'settings' => sprintf( '<a href="%s">%s</a>', esc_url( $url ), esc_html__( 'Settings', 'return-channel' ) ) ) + $links;
		}
		return $links;
	}

	/**
	 * Page of the browser → what the menu calls it.
	 *
	 * @return array<string, string>
	 */
	private function titles(): array {
		return array(
			'bounces'    => __( 'Bounces', 'return-channel' ),
			'on-hold'    => __( 'On hold', 'return-channel' ),
			'contacts'   => __( 'Contacts', 'return-channel' ),
			'activities' => __( 'Filed mail', 'return-channel' ),
			'outcomes'   => __( 'Mail log', 'return-channel' ),
			'rules'      => __( 'Rules', 'return-channel' ),
			'types'      => __( 'Types & patterns', 'return-channel' ),
			'try-bounce' => __( 'Try a bounce', 'return-channel' ),
			'accounts'   => __( 'Mail accounts', 'return-channel' ),
			'jobs'       => __( 'Scheduled jobs', 'return-channel' ),
		);
	}

	/**
	 * Loads what draws a page.
	 *
	 * @param string $page Page of the browser.
	 */
	private function enqueue( string $page ): void {
		$asset_file = $this->built( 'index.asset.php' );
		if ( ! $this->is_built() || ! $this->connection->is_set_up() ) {
			return;
		}
		$asset = require $asset_file;
		wp_enqueue_script( self::SCRIPT, plugins_url( 'build/index.js', PLUGIN_FILE ), $asset['dependencies'], $asset['version'], true );
		wp_add_inline_script(
			self::SCRIPT,
			'window.returnChannel = ' . wp_json_encode( $this->settings_for( $page ), JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES ) . ';',
			'before'
		);
		wp_set_script_translations( self::SCRIPT, 'return-channel', plugin_dir_path( PLUGIN_FILE ) . 'languages' );

		$styles = array( 'wp-components' );
		foreach ( array( 'style-index', 'index' ) as $name ) {
			if ( ! is_readable( $this->built( "$name.css" ) ) ) {
				continue;
			}
			$handle = self::SCRIPT . "-$name";
			wp_enqueue_style( $handle, plugins_url( "build/$name.css", PLUGIN_FILE ), $styles, $asset['version'] );
			wp_style_add_data( $handle, 'rtl', 'replace' );
			$styles[] = $handle;
		}
		wp_enqueue_style( 'wp-components' );
	}

	/**
	 * What a page has to know.
	 *
	 * @param string $page Page of the browser.
	 * @return array<string, mixed>
	 */
	private function settings_for( string $page ): array {
		$open = array_filter( self::PAGES, static fn( array $row ): bool => current_user_can( $row[1] ) );
		return array(
			'page'          => $page,
			'restNamespace' => Rest_Proxy::REST_NAMESPACE,
			'restUrl'       => rest_url(),
			'restUrl'       => rest_url(),
			'canManage'     => current_user_can( Capabilities::MANAGE ),
			'settingsUrl'   => self::url( Settings_Page::SLUG ),
			'siteName'      => wp_specialchars_decode( (string) get_option( 'blogname' ), ENT_QUOTES ),
			'pageUrls'      => array_map( static fn( array $row ): string => self::url( $row[0] ), $open ),
			'roles'         => array_map( 'translate_user_role', wp_roles()->get_names() ),
		);
	}

	/**
	 * Prints a page's frame.
	 *
	 * @param string $page Page of the browser.
	 */
	private function render( string $page ): void {
		$problem = $this->problem();
		echo '<div class="wrap">';
		if ( '' === $problem ) {
			// WordPress puts notices after this line.
			echo '<hr class="wp-header-end">';
			printf( '<div id="return-channel-root" data-page="%s"></div>', esc_attr( $page ) );
			printf( '<noscript><p>%s</p></noscript>', esc_html__( 'This page needs JavaScript.', 'return-channel' ) );
		} else {
			printf( '<h1>%s</h1><hr class="wp-header-end"><p>%s</p>', esc_html( $this->titles()[ $page ] ), esc_html( $problem ) );
			if ( current_user_can( Capabilities::MANAGE ) ) {
				printf( '<p><a class="button button-primary" href="%s">%s</a></p>', esc_url( self::url( Settings_Page::SLUG ) ), esc_html__( 'Open the settings', 'return-channel' ) );
			}
		}
		echo '</div>';
	}

	/**
	 * Why a page can't be drawn; empty when it can.
	 */
	private function problem(): string {
		if ( ! $this->is_built() ) {
			/* translators: %s: the name of a file. */
			return sprintf( __( 'The program of this page is missing: %s. Install the plugin again from its ZIP file, or run “npm run build” in its source.', 'return-channel' ), 'build/index.js' );
		}
		if ( ! $this->connection->is_set_up() ) {
			return __( 'This site is not connected to a Return Channel service yet. An administrator enters the address of the service and the secret on the settings page.', 'return-channel' );
		}
		return '';
	}

	/**
	 * Whether the pages' program has been built.
	 */
	private function is_built(): bool {
		return is_readable( $this->built( 'index.js' ) ) && is_readable( $this->built( 'index.asset.php' ) );
	}

	/**
	 * The path of a built file.
	 *
	 * @param string $name Of the file.
	 */
	private function built( string $name ): string {
		return plugin_dir_path( PLUGIN_FILE ) . "build/$name";
	}
}
