/**
 * A real PostgreSQL that the product brings along: unpacked, created, started, recovered and stopped without Docker, an
 * account or root.
 */
@NullMarked
package io.stockledger.postgres;

import org.jspecify.annotations.NullMarked;
