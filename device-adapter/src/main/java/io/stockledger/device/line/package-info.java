/** Bytes on a scanner's line: where they come from, how they fall into frames, and how the scanner is told to beep. */
@NullMarked
package io.stockledger.device.line;

import org.jspecify.annotations.NullMarked;
