package dev.parley.hub.limits;

/**
 * Where calls run at the same time, and how many may.
 *
 * @param id of whose calls they are
 */
record Place(Whose whose, String id, int most) {

  static Place of(Whose whose, String name, int most) {
    return new Place(whose, whose.wireName() + ":" + MeterSpec.bounded(name), most);
  }
}
