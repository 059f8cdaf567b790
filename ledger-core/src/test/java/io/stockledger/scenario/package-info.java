/** Given facts, when a command, then facts or a refusal: how the tests of rules are told. */
@NullMarked
package io.stockledger.scenario;

import org.jspecify.annotations.NullMarked;
