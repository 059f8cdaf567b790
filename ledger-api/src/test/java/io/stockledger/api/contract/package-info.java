/** The contract held against what answers it. */
@NullMarked
package io.stockledger.api.contract;

import org.jspecify.annotations.NullMarked;
