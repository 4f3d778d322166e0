package dev.parley.hub.usage;

/**
 * How the ledger is, counted since the hub began.
 *
 * @param waiting rows in memory
 * @param written rows that the database confirmed, each counted once
 * @param spilled rows that went to the spill file first
 * @param spillBytes what lies there now
 * @param dropped rows that were lost: no room was left for them, or they came after the end
 */
public record LedgerStatus(
    long waiting, long written, long spilled, long spillBytes, long dropped) {}
