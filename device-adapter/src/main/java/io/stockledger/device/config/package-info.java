/** The configuration file: what it may say, and what is wrong with it, by line and value. */
@NullMarked
package io.stockledger.device.config;

import org.jspecify.annotations.NullMarked;
