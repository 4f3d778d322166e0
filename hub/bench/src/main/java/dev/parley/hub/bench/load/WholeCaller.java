package dev.parley.hub.bench.load;

/** Calls that are answered whole: how many, and how long each takes. */
final class WholeCaller extends Caller {

  WholeCaller(byte[] request, Tally tally) {
    super(request, tally);
  }

  @Override
  void requested() {}

  @Override
  public void body(byte[] bytes, int from, int to) {}

  @Override
  void answered() {
    tally().took(sinceRequest());
    tally().counted(readNanos());
  }
}
