package dev.parley.hub.bench.chaos;

/** Makes calls in one protocol and judges how they end. */
interface SoakCaller extends AutoCloseable {

  /** Makes a call; returns within its limit and some grace, whatever happens. */
  Outcome call(SoakCall call) throws InterruptedException;

  @Override
  void close();
}
