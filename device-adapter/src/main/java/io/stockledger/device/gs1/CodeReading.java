package io.stockledger.device.gs1;

/** What one printed code turned out to be. */
public sealed interface CodeReading
        permits TradeItem, InStoreItem, LogisticUnit, OtherElements, PlainText, UnreadableCode {}
