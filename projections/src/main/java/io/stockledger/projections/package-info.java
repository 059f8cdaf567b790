/** Facts to PostgreSQL views to answers. */
@NullMarked
package io.stockledger.projections;

import org.jspecify.annotations.NullMarked;
