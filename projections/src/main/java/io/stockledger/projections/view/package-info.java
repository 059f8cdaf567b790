/** Keeps views in step with the facts: reads, folds, parks what cannot be taken, rebuilds. */
@NullMarked
package io.stockledger.projections.view;

import org.jspecify.annotations.NullMarked;
