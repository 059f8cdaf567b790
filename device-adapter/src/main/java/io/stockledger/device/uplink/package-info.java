/** The way of reads to the ledger: in order for each device, again and again until it answers, each with one effect. */
@NullMarked
package io.stockledger.device.uplink;

import org.jspecify.annotations.NullMarked;
