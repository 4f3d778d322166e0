package dev.parley.hub.limits;

/** What was taken for a call before it ran. */
public interface Reservation {

  /**
   * The call is over: what it did not use is given back, what it used beyond is taken. The first
   * time counts; any thread; never waits.
   *
   * @param used nothing but zeros when it came to nothing
   */
  void settle(Demand used);
}
