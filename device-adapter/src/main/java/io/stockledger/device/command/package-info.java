/** The subcommands of the command line. */
@NullMarked
package io.stockledger.device.command;

import org.jspecify.annotations.NullMarked;
