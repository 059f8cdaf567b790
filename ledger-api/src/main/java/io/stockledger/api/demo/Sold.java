package io.stockledger.api.demo;

/** A line of a sale that may still come back. */
record Sold(String sale, Goods goods, long quantity) {}
