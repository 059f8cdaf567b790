/** Where a device's frames arrive: understood, journalled, acknowledged, sent, and answered for with a beep. */
@NullMarked
package io.stockledger.device.desk;

import org.jspecify.annotations.NullMarked;
