<?php
/**
 * Plugin Name:       Return Channel
 * Description:       The inbound half of a mail-sending CRM: understands the bounces of your mail, stops mail to bad addresses, files people’s mail with their contacts, and shows why. Works with the Return Channel service.
 * Version:           0.1.0
 * Requires at least: 6.6
 * Requires PHP:      8.1
 * Author:            The Return Channel contributors
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       return-channel
 * Domain Path:       /languages
 *
 * @package Return_Channel
 */

declare( strict_types=1 );

namespace Return_Channel;

defined( 'ABSPATH' ) || exit;

const VERSION     = '0.1.0';
const PLUGIN_FILE = __FILE__;

require_once __DIR__ . '/includes/class-capabilities.php';
require_once __DIR__ . '/includes/class-role-grants.php';
require_once __DIR__ . '/includes/class-connection.php';
require_once __DIR__ . '/includes/class-caller.php';
require_once __DIR__ . '/includes/class-request-signer.php';
require_once __DIR__ . '/includes/class-file-response.php';
require_once __DIR__ . '/includes/class-service-client.php';
require_once __DIR__ . '/includes/class-attention.php';
require_once __DIR__ . '/includes/class-connection-check.php';
require_once __DIR__ . '/includes/class-rest-proxy.php';
require_once __DIR__ . '/includes/class-introduction.php';
require_once __DIR__ . '/includes/class-user-parts.php';
require_once __DIR__ . '/includes/class-touched-users.php';
require_once __DIR__ . '/includes/class-all-users.php';
require_once __DIR__ . '/includes/class-cron.php';
require_once __DIR__ . '/includes/class-admin-pages.php';
require_once __DIR__ . '/includes/class-role-grants-form.php';
require_once __DIR__ . '/includes/class-settings-page.php';
require_once __DIR__ . '/includes/class-attention-notice.php';
require_once __DIR__ . '/includes/class-site-health.php';
require_once __DIR__ . '/includes/class-privacy.php';
require_once __DIR__ . '/includes/class-late-box.php';
require_once __DIR__ . '/includes/class-user-box.php';
require_once __DIR__ . '/includes/class-dashboard-widget.php';
require_once __DIR__ . '/includes/class-plugin.php';

Plugin::start();
