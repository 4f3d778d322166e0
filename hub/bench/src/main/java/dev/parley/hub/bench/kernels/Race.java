package dev.parley.hub.bench.kernels;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * Contenders in turn: each runs a lap, round after round, so that what else the machine does meets
 * all of them.
 */
final class Race {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int SLICES = 4;

  private Race() {}

  /**
   * How long it goes on.
   *
   * @param rounds laps of each
   * @param warmNanos processor time of each before them
   * @param lapNanos processor time of a lap, about
   */
  record Pace(int rounds, long warmNanos, long lapNanos) {

    static Pace of(KernelsOptions options) {
      return options.quick()
          ? new Pace(options.rounds(), 300_000_000, 10_000_000)
          : new Pace(options.rounds(), 1_500_000_000, 150_000_000);
    }
  }

  /** One who takes part. */
  interface Contender {

    /** Gets ready, in one of several turns that each may take so much processor time. */
    void warm(long nanos);

    /** Seconds of processor time that one piece of work takes, from about so much work. */
    double lap(long nanos);

    /** Work on the thread of the race. */
    static Contender of(Runnable work) {
      return new Work(work);
    }
  }

  /** Seconds for each contender and round. */
  static List<List<Double>> run(Pace pace, List<Contender> contenders) {
    for (int i = 0; i < SLICES; i++) {
      contenders.forEach(contender -> contender.warm(pace.warmNanos() / SLICES));
    }
    List<List<Double>> laps = new ArrayList<>();
    contenders.forEach(_ -> laps.add(new ArrayList<>()));
    for (int round = 0; round < pace.rounds(); round++) {
      for (int i = 0; i < contenders.size(); i++) {
        laps.get(i).add(contenders.get(i).lap(pace.lapNanos()));
      }
    }
    return laps;
  }

  private static final class Work implements Contender {
    private final Runnable work;
    private double nanosEach = 1;

    private Work(Runnable work) {
      this.work = work;
    }

    @Override
    public void warm(long nanos) {
      long from = THREADS.getCurrentThreadCpuTime();
      long calls = 0;
      long spent;
      do {
        for (int i = 0; i < 1 + calls / 8; i++) {
          work.run();
        }
        calls += 1 + calls / 8;
        spent = THREADS.getCurrentThreadCpuTime() - from;
      } while (spent < nanos);
      nanosEach = (double) spent / calls;
    }

    @Override
    public double lap(long nanos) {
      long calls = Math.max(1, (long) (nanos / nanosEach));
      long from = THREADS.getCurrentThreadCpuTime();
      for (long i = 0; i < calls; i++) {
        work.run();
      }
      return (THREADS.getCurrentThreadCpuTime() - from) / 1e9 / calls;
    }
  }
}
