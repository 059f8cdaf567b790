package io.stockledger.api.demo;

import io.stockledger.api.client.Ordering;
import io.stockledger.v1.Command;

/** One command of the week, as it is sent. */
record Scene(Command.Builder command, Ordering ordering) {}
