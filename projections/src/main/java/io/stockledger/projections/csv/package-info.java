/** CSV files as people and their spreadsheets write and read them. */
@NullMarked
package io.stockledger.projections.csv;

import org.jspecify.annotations.NullMarked;
