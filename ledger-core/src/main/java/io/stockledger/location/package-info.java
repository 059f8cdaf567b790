/** Where stock may be: shops, warehouses, webshops. */
@NullMarked
package io.stockledger.location;

import org.jspecify.annotations.NullMarked;
