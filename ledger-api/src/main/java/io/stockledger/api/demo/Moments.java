package io.stockledger.api.demo;

/** Takes what happens at a second of a day; it is told in the order of the seconds. */
@FunctionalInterface
interface Moments {
    void at(int secondOfDay, Runnable happens);
}
