/** What a scan means: which command it is in the device's mode, or why it is none. Pure: no clock, no files, no network. */
@NullMarked
package io.stockledger.device.scan;

import org.jspecify.annotations.NullMarked;
