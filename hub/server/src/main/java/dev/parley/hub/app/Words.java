package dev.parley.hub.app;

/** Counts as people write them. */
final class Words {

  private Words() {}

  static String count(int number, String one) {
    return count(number, one, one + "s");
  }

  static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
