package dev.parley.hub.store;

/**
 * The tables of one part of the hub. Parts share a database on a server, and each has a file of its
 * own without one.
 *
 * @param name what the part keeps, such as {@code voices}: names its file and its connections
 * @param history the table that tells which migrations ran
 * @param folder the resources in which its migrations lie
 * @param newest number of the newest of these
 * @param durability what a transaction that was confirmed survives
 */
public record Schema(
    String name, String history, String folder, String newest, Durability durability) {

  /** What survives what. */
  public enum Durability {
    /** A power cut. */
    POWER_CUT,
    /** The end of the process, and all but the last moments before a power cut. */
    CRASH
  }

  /** Of what was confirmed for ever. */
  public static Schema of(String name, String history, String folder, String newest) {
    return new Schema(name, history, folder, newest, Durability.POWER_CUT);
  }

  /** The name of its file where there is no server. */
  String file() {
    return name + ".db";
  }
}
