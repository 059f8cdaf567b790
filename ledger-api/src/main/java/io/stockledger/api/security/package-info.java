/** Who calls, and what they may do. */
@NullMarked
package io.stockledger.api.security;

import org.jspecify.annotations.NullMarked;
